
namespace IotGateway.Edge.Buffer.Writing;

/// <summary>The append was not stored: there is no room, and none that may be made. It may be tried again.</summary>
internal sealed class BufferFullException(string message, Exception? inner = null) : IOException(message, inner);
