namespace IotGateway.Storage.Documents;

/// <summary>
/// Damage found in a <see cref="DocumentFile"/> as it was read: content that does not match its checksum, a file cut short, or one that is
/// none of ours. No answer of the disk's: trying again does not help, <see cref="DamagedFile.Replace"/> does.
/// </summary>
public sealed class DocumentDamageException : Exception
{
    /// <summary>Names nothing.</summary>
    public DocumentDamageException()
    {
    }

    /// <summary>Names the damage.</summary>
    /// <param name="message">The place and what was expected.</param>
    public DocumentDamageException(string message)
        : base(message)
    {
    }

    /// <summary>Names the damage and what showed it.</summary>
    /// <param name="message">The place and what was expected.</param>
    /// <param name="inner">What was thrown.</param>
    public DocumentDamageException(string message, Exception inner)
        : base(message, inner)
    {
    }
}
