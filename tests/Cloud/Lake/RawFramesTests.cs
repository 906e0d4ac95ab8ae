using System.Buffers;
using CsCheck;
using IotGateway.Cloud.Lake.Raw;
using IotGateway.Telemetry.Wire;

namespace IotGateway.Cloud.Tests.Lake;

public sealed class RawFramesTests
{
    private static readonly Gen<RawBatch> Batches = Gen.Select(
        Gen.Byte.Array[0, 300], Gen.Long[1, 1_000_000], Gen.Int[0, 50], Gen.Long[0, 4_000_000_000_000],
        (bytes, first, more, ms) => new RawBatch(
            "hill", "s1", new SequenceRange(first, first + more), DateTimeOffset.FromUnixTimeMilliseconds(ms), bytes));

    [Fact]
    public void WhatWasWrittenIsRead() => Batches.Array[0, 8].Sample(batches =>
    {
        var read = RawFrames.ReadAll(Written(batches), out var damaged);
        Assert.Equal(0, damaged);
        Assert.Equal(batches.Select(Shown), read.Select(Shown));
    });

    [Fact]
    public void OneDamagedByteCostsOneBatchAtMost() => Gen.Select(Batches.Array[2, 6], Gen.Int[0, int.MaxValue], Gen.Byte[1, 255])
        .Sample((batches, at, flip) =>
        {
            var bytes = Written(batches);
            bytes[at % bytes.Length] ^= flip;
            var read = RawFrames.ReadAll(bytes, out var damaged);
            Assert.True(damaged > 0);
            Assert.True(read.Count >= batches.Length - 1);
            Assert.Subset(batches.Select(Shown).ToHashSet(), read.Select(Shown).ToHashSet());
        });

    [Fact]
    public void ATornTailEndsTheReading() => Gen.Select(Batches.Array[1, 4], Gen.Int[1, 50]).Sample((batches, cut) =>
    {
        var bytes = Written(batches);
        var read = RawFrames.ReadAll(bytes.AsMemory(0, Math.Max(0, bytes.Length - cut)), out _);
        Assert.Equal(batches.Take(read.Count).Select(Shown), read.Select(Shown));
        Assert.True(read.Count < batches.Length);
    });

    private static byte[] Written(RawBatch[] batches)
    {
        var to = new ArrayBufferWriter<byte>();
        foreach (var batch in batches)
            RawFrames.Write(to, batch);
        return to.WrittenSpan.ToArray();
    }

    private static string Shown(RawBatch b) => $"{b.Gateway} {b.Stream} {b.Range} {b.Received:O} {Convert.ToHexString(b.Bytes.Span)}";
}
