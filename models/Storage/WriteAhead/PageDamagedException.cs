namespace IotGateway.Storage.WriteAhead;

/// <summary>A page of a store's files does not match its checksum, or is missing.</summary>
/// <param name="message">Names the page or frame.</param>
/// <param name="inner">How it showed, if by an exception.</param>
public sealed class PageDamagedException(string message, Exception? inner = null) : IOException(message, inner);
