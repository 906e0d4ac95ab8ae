using System.Text;
using CsCheck;

namespace IotGateway.Tests.Services;

/// <summary>Inputs that were good once: bytes flipped, cut, repeated, spliced, and words exchanged for the odd ones of OddWords.</summary>
internal static class Mutations
{
    /// <summary>Largest input made, in bytes; whoever needs larger ones makes them by hand.</summary>
    public const int MostBytes = 1 << 17;

    /// <summary>Mutations of these samples; with several, parts of one end up in another.</summary>
    public static Gen<byte[]> Of(params byte[][] samples) => Gen.Int.Select(seed => Of(samples, seed));

    /// <summary>The same for text, as UTF-8.</summary>
    public static Gen<byte[]> Of(params string[] samples) => Of([.. samples.Select(Encoding.UTF8.GetBytes)]);

    /// <summary>One mutation, the same for the same seed. One input in fifty is a sample as it is.</summary>
    public static byte[] Of(IReadOnlyList<byte[]> samples, int seed)
    {
        var random = new Random(seed);
        var bytes = Pick(random, samples);
        for (var acts = random.Next(50) == 0 ? 0 : 1 + (int)(random.NextDouble() * random.NextDouble() * 6); acts > 0; acts--)
        {
            bytes = Mutate(bytes, samples, random);
            if (bytes.Length > MostBytes)
                bytes = bytes[..MostBytes];
        }

        return bytes;
    }

    private static byte[] Mutate(byte[] bytes, IReadOnlyList<byte[]> samples, Random random)
    {
        var (at, end) = Range(bytes, random);
        return random.Next(16) switch
        {
            0 => Changed(bytes, at, b => (byte)(b ^ 1 << random.Next(8))),
            1 => Changed(bytes, at, _ => (byte)random.Next(256)),
            2 => bytes[..at],
            3 => bytes[at..],
            4 => [.. bytes[..at], .. bytes[end..]],
            5 => [.. bytes[..at], .. Repeated(bytes[at..end], 1 << random.Next(1, 12)), .. bytes[end..]],
            6 => [.. bytes[..at], .. Tail(Pick(random, samples), random)],
            7 => [.. bytes[..at], .. OddWords.Bytes(random), .. bytes[at..]],
            8 => Line(bytes, random, (line, all) => [.. all, .. line]),
            9 => Line(bytes, random, (_, _) => []),
            10 => [.. bytes, .. OddWords.Bytes(random)],
            11 => [.. OddWords.Bytes(random), .. bytes],
            _ => Word(bytes, random),
        };
    }

    private static (int At, int End) Range(byte[] bytes, Random random)
    {
        var at = random.Next(bytes.Length + 1);
        return (at, Math.Min(bytes.Length, at + 1 + (int)(Math.Pow(random.NextDouble(), 3) * 200)));
    }

    private static byte[] Changed(byte[] bytes, int at, Func<byte, byte> change)
    {
        if (at == bytes.Length)
            return bytes;
        var changed = (byte[])bytes.Clone();
        changed[at] = change(changed[at]);
        return changed;
    }

    private static byte[] Repeated(byte[] bytes, int times)
    {
        times = Math.Min(times, MostBytes / Math.Max(1, bytes.Length));
        var all = new byte[bytes.Length * times];
        for (var i = 0; i < times; i++)
            bytes.CopyTo(all, i * bytes.Length);
        return all;
    }

    private static byte[] Tail(byte[] bytes, Random random) => bytes[random.Next(bytes.Length + 1)..];

    /// <summary>A line taken out, or told again at the end.</summary>
    private static byte[] Line(byte[] bytes, Random random, Func<byte[], byte[], byte[]> act)
    {
        var at = random.Next(bytes.Length + 1);
        var begin = bytes.AsSpan(0, at).LastIndexOf((byte)'\n') + 1;
        var end = bytes.AsSpan(at).IndexOf((byte)'\n') is >= 0 and var length ? at + length + 1 : bytes.Length;
        return act(bytes[begin..end], bytes) is { Length: > 0 } changed ? changed : [.. bytes[..begin], .. bytes[end..]];
    }

    /// <summary>A word, or a number, or a name between separators, exchanged for an odd one.</summary>
    private static byte[] Word(byte[] bytes, Random random)
    {
        var at = random.Next(bytes.Length + 1);
        while (at < bytes.Length && !InWord(bytes[at]))
            at++;
        var (begin, end) = (at, at);
        while (begin > 0 && InWord(bytes[begin - 1]))
            begin--;
        while (end < bytes.Length && InWord(bytes[end]))
            end++;
        return [.. bytes[..begin], .. OddWords.Bytes(random), .. bytes[end..]];
    }

    private static bool InWord(byte b) =>
        b is (byte)'.' or (byte)'-' or (byte)'+' or (byte)'_' or (byte)':' or >= 0x80 || char.IsAsciiLetterOrDigit((char)b);

    private static T Pick<T>(Random random, IReadOnlyList<T> list) => list[random.Next(list.Count)];
}
