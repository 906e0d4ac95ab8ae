using CsCheck;
using IotGateway.Cloud.Lake.Raw;
using IotGateway.Telemetry.Wire;
using Microsoft.Extensions.Time.Testing;
using static IotGateway.Cloud.Tests.TestGateway;

namespace IotGateway.Cloud.Tests.Lake;

public sealed class RawLogTests
{
    private enum Act
    {
        Append,
        Seal,
        Release,
        Reopen,
        Tear,
    }

    [Fact]
    public void WhatWasAppendedAndNotReleasedIsReadInTheOrderOfArrival() =>
        Gen.OneOf(Gen.Const(Act.Append), Gen.Const(Act.Append), Gen.Int[0, 4].Select(i => (Act)i)).Array[1, 25].Sample(Follow, iter: 60);

    [Fact]
    public void ASegmentThatIsUsedAgainDoesNotTellWhatItHeld()
    {
        using var folder = new TempFolder();
        using var log = new RawLog(folder.File("log"), TimeProvider.System);
        for (var round = 1; round <= 4; round++)
        {
            // Fewer in each round, so that batches of earlier rounds still stand behind the new ones.
            log.Append([.. Enumerable.Range(0, 10 - (2 * round)).Select(i => Message(round, i))]);
            log.Seal(TimeSpan.Zero);
            var segment = Assert.Single(log.Sealed);
            var (batches, damaged) = segment.Read();
            Assert.Equal(0, damaged);
            Assert.Equal(10 - (2 * round), batches.Count);
            Assert.All(batches, b => Assert.Equal($"s{round}", b.Stream));
            log.Release(segment);
        }

        Assert.Single(Directory.GetFiles(folder.File("log")));
    }

    [Fact]
    public void TimesOfArrivalAscendWhileTheClockGoesBack()
    {
        using var folder = new TempFolder();
        var time = new FakeTimeProvider(Noon);
        DateTimeOffset before;
        using (var log = new RawLog(folder.File("log"), time))
            before = log.Append([Message(1, 0), Message(1, 1)])[^1];

        using var again = new RawLog(folder.File("log"), new FakeTimeProvider(Noon.AddDays(-3)));
        Assert.True(again.Append([Message(1, 2)])[0] > before);
    }

    [Theory]
    [InlineData("2021", "6021", "its checksum is another")]
    [InlineData(" [{", " {{", "its checksum is another")]
    [InlineData("", "", null)]
    public void AFlippedBitInTheLedgerDatesNothing(string what, string by, string? expected)
    {
        using var folder = new TempFolder();
        var file = folder.File("log.ledger");
        using (var log = new RawLog(folder.File("log"), new FakeTimeProvider(Noon)))
        {
            log.Append([Message(1, 0)]);
            log.Prepare();
        }

        var text = File.ReadAllText(file);
        File.WriteAllText(file, what.Length > 0 ? text.Replace(what, by, StringComparison.Ordinal) : text);
        using var again = new RawLog(folder.File("log"), new FakeTimeProvider(Noon.AddMinutes(1)));
        var told = new List<string>();
        again.Tell((_, detail) => told.Add(detail));
        if (expected is null)
            Assert.Empty(told);
        else
            Assert.Contains(expected, Assert.Single(told), StringComparison.Ordinal);
        Assert.Equal(Noon.AddMinutes(1), again.Append([Message(1, 1)])[0]);
    }

    [Fact]
    public void ANotedArrivalThatIsFarToComeIsNamedAndDatesNothing()
    {
        using var folder = new TempFolder();
        new LogLedger(folder.File("log.ledger")).Write(
            [new SegmentNote(7, 1, Noon.AddYears(4000), InObjects: true), new SegmentNote(8, 1, Noon.AddHours(20), InObjects: true)]);
        using var log = new RawLog(folder.File("log"), new FakeTimeProvider(Noon));
        var told = new List<string>();
        log.Tell((_, detail) => told.Add(detail));
        Assert.Contains("is noted with an arrival at 6021-07-01", Assert.Single(told), StringComparison.Ordinal);
        Assert.Equal(Noon.AddHours(20).AddTicks(1), log.Append([Message(1, 1)])[0]);
    }

    [Fact]
    public void DamageBetweenBatchesIsCountedAndTheOthersAreRead()
    {
        using var folder = new TempFolder();
        using var log = new RawLog(folder.File("log"), TimeProvider.System);
        log.Append([.. Enumerable.Range(0, 5).Select(i => Message(1, i))]);
        log.Seal(TimeSpan.Zero);
        var segment = log.Sealed[0];
        var bytes = File.ReadAllBytes(segment.File);
        bytes[bytes.AsSpan().TrimEnd((byte)0).Length / 2] ^= 4;
        File.WriteAllBytes(segment.File, bytes);

        var (batches, damaged) = segment.Read();
        Assert.Equal((4, 1), (batches.Count, damaged));
    }

    [Theory]
    [InlineData("deleted", "is missing, with at least 5 batches")]
    [InlineData("emptied", "holds 0 of at least 5 batches")]
    [InlineData("zeros", "holds 0 of at least 5 batches")]
    [InlineData("noise", "holds 0 of at least 5 batches")]
    [InlineData("cut", "of at least 5 batches")]
    public void ASegmentThatLacksWhatWasInItIsNamedOnce(string harm, string expected)
    {
        using var folder = new TempFolder();
        using (var log = new RawLog(folder.File("log"), TimeProvider.System))
            log.Append([.. Enumerable.Range(0, 5).Select(i => Message(1, i))]);
        var file = folder.File("log/000000000001.log");
        var bytes = File.ReadAllBytes(file);
        Action act = harm switch
        {
            "deleted" => () => Directory.Delete(folder.File("log"), recursive: true),
            "emptied" => () => File.WriteAllBytes(file, []),
            "zeros" => () => File.WriteAllBytes(file, new byte[bytes.Length]),
            "noise" => () => File.WriteAllBytes(file, [.. Enumerable.Range(0, bytes.Length).Select(i => (byte)(i * 7))]),
            _ => () => File.WriteAllBytes(file, bytes[..700]),
        };
        act();

        using (var log = new RawLog(folder.File("log"), TimeProvider.System))
        {
            var told = new List<(string Place, string Detail)>();
            log.Tell((place, detail) => told.Add((place, detail)));
            Assert.Equal(file, Assert.Single(told).Place);
            Assert.Contains(expected, told[0].Detail, StringComparison.Ordinal);

            // Its number is not given again: a frame that turns up later is not taken for a new one.
            log.Append([Message(1, 9)]);
            Assert.True(File.Exists(folder.File("log/000000000002.log")));
        }

        using var again = new RawLog(folder.File("log"), TimeProvider.System);
        again.Tell((place, detail) => Assert.Fail($"{place} {detail}"));
    }

    [Fact]
    public void NoSegmentThatWentAsItShouldIsMissed()
    {
        using var folder = new TempFolder();
        var time = new FakeTimeProvider(Noon);
        for (var round = 0; round < 3; round++)
        {
            using var log = new RawLog(folder.File("log"), time);
            log.Tell((place, detail) => Assert.Fail($"{place} {detail}"));
            log.Append([Message(1, round)]);
            log.Prepare();
            log.Seal(TimeSpan.Zero);
            log.Append([Message(1, 10 + round)]);
            foreach (var segment in log.Sealed)
                log.Release(segment);
            time.Advance(TimeSpan.FromSeconds(6));
            log.Prepare();
        }
    }

    [Fact]
    public void FilesWithOtherNamesAreLeftAlone()
    {
        using var folder = new TempFolder();
        Directory.CreateDirectory(folder.File("log/000000000007.log"));
        string[] strays =
        [
            "notes.log", "000000000001 (copy).log", "000000000001.log~", "spare-.log", "x.log", "spare-1.log", "-00000000001.log",
        ];
        foreach (var stray in strays)
            File.WriteAllText(folder.File($"log/{stray}"), "mine");
        using (var log = new RawLog(folder.File("log"), TimeProvider.System))
        {
            log.Append([Message(1, 0)]);
            log.Seal(TimeSpan.Zero);
            Assert.Equal(8, Assert.Single(log.Sealed).Number);
            log.Release(log.Sealed[0]);
            log.DeleteSpares();
        }

        Assert.All(strays, s => Assert.Equal("mine", File.ReadAllText(folder.File($"log/{s}"))));
    }

    private static void Follow(Act[] acts)
    {
        using var folder = new TempFolder();
        var held = new List<string>();
        var number = 0;
        var log = new RawLog(folder.File("log"), TimeProvider.System);
        foreach (var act in acts)
        {
            switch (act)
            {
                case Act.Append:
                    var group = Enumerable.Range(0, 3).Select(_ => Message(1, number++)).ToArray();
                    log.Append(group);
                    held.AddRange(group.Select(m => Convert.ToHexString(m.Bytes.Span)));
                    break;
                case Act.Seal:
                    log.Seal(TimeSpan.Zero);
                    break;
                case Act.Release when log.Sealed is [var oldest, ..]:
                    held.RemoveRange(0, oldest.Read().Batches.Count);
                    log.Release(oldest);
                    break;
                case Act.Reopen:
                    log.Dispose();
                    log = new RawLog(folder.File("log"), TimeProvider.System);
                    break;
                case Act.Tear:
                    // What a power cut leaves of a group that was not synced: any part of it, after the end.
                    log.Seal(TimeSpan.Zero);
                    if (log.Sealed is [.., var newest])
                        TearBehind(newest);
                    break;
            }
        }

        log.Seal(TimeSpan.Zero);
        Assert.Equal(held, log.Sealed.SelectMany(s => s.Read().Batches).Select(b => Convert.ToHexString(b.Bytes.Span)));
        log.Dispose();
    }

    private static void TearBehind(LogSegment segment)
    {
        var bytes = File.ReadAllBytes(segment.File);
        var end = bytes.AsSpan().TrimEnd((byte)0).Length;
        "0123abcd {\"log\":1,\"gateway\":\"hill\",\"str"u8.CopyTo(bytes.AsSpan(end));
        File.WriteAllBytes(segment.File, bytes);
    }

    private static (Batch Batch, ReadOnlyMemory<byte> Bytes) Message(int stream, int number)
    {
        var bytes = Encode("hill", $"s{stream}", number + 1, Reading(number, 30));
        return (Batch.Decode(bytes), bytes);
    }
}
