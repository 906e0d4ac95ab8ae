namespace IotGateway.FirmwareSim.Recorded;

/// <summary>A recording is not there or not in its form; the message names the file and what was expected.</summary>
internal sealed class RecordingException(string message) : Exception(message);
