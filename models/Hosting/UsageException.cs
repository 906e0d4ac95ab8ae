namespace IotGateway.Hosting;

/// <summary>A command that was called wrongly; the message says how it is called.</summary>
public sealed class UsageException : FormatException
{
    /// <summary>A fault without a word; the message says nothing.</summary>
    public UsageException()
    {
    }

    /// <param name="message">The fault, and the usage.</param>
    public UsageException(string message)
        : base(message)
    {
    }

    /// <param name="message">The fault, and the usage.</param>
    /// <param name="innerException">The cause.</param>
    public UsageException(string message, Exception innerException)
        : base(message, innerException)
    {
    }
}
