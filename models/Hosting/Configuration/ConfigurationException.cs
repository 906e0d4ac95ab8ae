namespace IotGateway.Hosting.Configuration;

/// <summary>A fault in the configuration or the command line; the message names the key, its value and what was expected.</summary>
public sealed class ConfigurationException : FormatException
{
    /// <summary>A fault without a word; the message says nothing.</summary>
    public ConfigurationException()
    {
    }

    /// <param name="message">Key, value and what was expected.</param>
    public ConfigurationException(string message)
        : base(message)
    {
    }

    /// <param name="message">Key, value and what was expected.</param>
    /// <param name="innerException">The cause.</param>
    public ConfigurationException(string message, Exception innerException)
        : base(message, innerException)
    {
    }
}
