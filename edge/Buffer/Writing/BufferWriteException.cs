
namespace IotGateway.Edge.Buffer.Writing;

/// <summary>The append was not stored: the disk failed. It may be tried again.</summary>
internal sealed class BufferWriteException(string message, Exception? inner = null) : IOException(message, inner);
