namespace IotGateway.Cloud.Lake;

/// <summary>What an erasure did, kept without what it erased.</summary>
/// <param name="DeviceSha256">SHA-256 of the device's identifier: who knows it can find the record.</param>
/// <param name="At">When, UTC.</param>
/// <param name="Before">What was found and deleted.</param>
/// <param name="After">What a second search found; all zero, or the erasure is not complete.</param>
internal sealed record ErasureRecord(string DeviceSha256, DateTimeOffset At, ErasureCounts Before, ErasureCounts After);

/// <summary>What of a device lies where.</summary>
/// <param name="RawReadings">Readings in raw objects.</param>
/// <param name="RawObjects">Raw objects with any.</param>
/// <param name="CuratedRows">Rows in curated files, older versions' among them.</param>
/// <param name="CuratedFiles">Curated files with any.</param>
/// <param name="HotObservations">Observations in the hot store.</param>
/// <param name="OtherFiles">Refused batches, and hot stores set aside, that name the device.</param>
internal readonly record struct ErasureCounts(long RawReadings, int RawObjects, long CuratedRows, int CuratedFiles, long HotObservations, int OtherFiles)
{
    public bool IsNothing => this == default;
}
