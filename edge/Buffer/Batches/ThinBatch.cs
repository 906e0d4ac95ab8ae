namespace IotGateway.Edge.Buffer.Batches;

/// <summary>
/// Keeps one reading in <paramref name="keepOneIn"/> of a batch and answers the smaller payload and its count. Called on the
/// buffer's writer thread; null in place of it thins by whole batches.
/// </summary>
internal delegate (ReadOnlyMemory<byte> Payload, int Readings) ThinBatch(ReadOnlyMemory<byte> payload, int readings, int keepOneIn);
