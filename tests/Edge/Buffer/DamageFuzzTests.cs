using CsCheck;
using IotGateway.Edge.Buffer;
using IotGateway.Edge.Buffer.Batches;
using IotGateway.Edge.Tests.Buffer.Disks;
using IotGateway.Tests.Services;
using Xunit;

namespace IotGateway.Edge.Tests.Buffer;

/// <summary>
/// A buffer's files after flips, cuts, blocks zeroed and pages exchanged, at random in one or both of them: it opens without a word of
/// anybody else's, reads nothing wrong, and every batch is held or reported.
/// </summary>
public sealed class DamageFuzzTests
{
    private const string Data = "buffer.db";
    private const string Log = "buffer.log";
    private const int PageBytes = 8192;
    private const int Batches = 200;

    [Fact]
    public async Task DamageOfEachKindIsReportedAndNothingWrongIsRead()
    {
        var (data, log) = await FilledAsync();
        await FuzzShare.ReadAsync(Gen.Int.Select(seed => BitConverter.GetBytes(seed)), 1_000, 20, async input =>
        {
            var random = new Random(BitConverter.ToInt32(input));
            var disk = new MemoryDisk(5);
            disk.Open(Data).Dispose();
            disk.Open(Log).Dispose();
            var which = random.Next(3);
            disk.Replace(Data, which == 1 ? data : Damaged(data, random));
            disk.Replace(Log, which == 0 ? log : Damaged(log, random));

            await using var buffer = Given.Buffer(disk);

            var all = buffer.ReadAll();
            Assert.All(all.Where(b => b.Sequence <= Batches), b => Assert.Equal(Given.Payload(b.Sequence, 2000), b.Payload.ToArray()));
            await buffer.AppendAsync(Given.Payload(7, 100), readings: 10);
            var held = buffer.ReadAll().Select(b => b.Sequence).ToHashSet();
            for (var sequence = 1L; sequence <= buffer.Status.LastSequence; sequence++)
                Assert.True(
                    held.Contains(sequence) || buffer.Losses.Any(l => l.First <= sequence && sequence <= l.Last),
                    $"sequence {sequence} is neither held nor reported");
        });
    }

    private static byte[] Damaged(byte[] sound, Random random)
    {
        var bytes = (byte[])sound.Clone();
        for (var acts = random.Next(1, 5); acts > 0; acts--)
        {
            var at = random.Next(bytes.Length);
            switch (random.Next(5))
            {
                case 0:
                    bytes[at] ^= (byte)(1 << random.Next(8));
                    break;
                case 1:
                    random.NextBytes(bytes.AsSpan(at, Math.Min(bytes.Length - at, random.Next(1, 600))));
                    break;
                case 2:
                    bytes.AsSpan(at / 512 * 512, Math.Min(bytes.Length - (at / 512 * 512), 512 << random.Next(6))).Clear();
                    break;
                case 3:
                    var (from, to) = (at / PageBytes * PageBytes, random.Next(bytes.Length) / PageBytes * PageBytes);
                    var length = Math.Min(PageBytes, bytes.Length - Math.Max(from, to));
                    bytes.AsSpan(from, length).ToArray().CopyTo(bytes.AsSpan(to));
                    break;
                default:
                    bytes = random.Next(8) == 0 ? bytes[..Math.Max(1, at)] : bytes;
                    break;
            }
        }

        return bytes;
    }

    private static async Task<(byte[] Data, byte[] Log)> FilledAsync()
    {
        var disk = new MemoryDisk(5);
        await using (var buffer = Given.Buffer(disk, Given.Options(128 << 10)))
        {
            for (var i = 1; i <= Batches; i += 10)
                await Task.WhenAll(Enumerable.Range(i, 10)
                    .Select(n => buffer.AppendAsync(Given.Payload(n, 2000), n % 30 == 0 ? BatchKind.Alarm : BatchKind.Ordinary, 10)));
        }

        return (disk.Bytes(Data), disk.Bytes(Log));
    }
}
