namespace IotGateway.Edge.Buffer;

/// <summary>The append was not stored: there is no room, and none that may be made. It may be tried again.</summary>
internal sealed class BufferFullException(string message, Exception? inner = null) : IOException(message, inner);

/// <summary>The append was not stored: the disk failed. It may be tried again.</summary>
internal sealed class BufferWriteException(string message, Exception? inner = null) : IOException(message, inner);

/// <summary>Another process holds the buffer's folder.</summary>
internal sealed class BufferInUseException(string message, Exception? inner = null) : IOException(message, inner);
