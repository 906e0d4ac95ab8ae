namespace IotGateway.Storage.Disks;

/// <summary>The folder of a <see cref="FolderDisk"/> is held by another process.</summary>
/// <param name="message">Names the folder and, where it is known, the process.</param>
/// <param name="inner">The system's answer.</param>
public sealed class FolderInUseException(string message, Exception? inner = null) : IOException(message, inner);
