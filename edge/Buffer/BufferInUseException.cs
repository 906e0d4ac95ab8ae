namespace IotGateway.Edge.Buffer;

/// <summary>Another process holds the buffer's folder.</summary>
internal sealed class BufferInUseException(string message, Exception? inner = null) : IOException(message, inner);
