using System.Globalization;
using System.Runtime.CompilerServices;
using System.Text;
using CsCheck;
using Xunit;

namespace IotGateway.Tests.Services;

/// <summary>
/// Runs of generated inputs: a bounded share in every run, all of them with LONG_TESTS=1. The seed is printed; FUZZ_SEED repeats it.
/// </summary>
internal static class FuzzShare
{
    /// <summary>True where the loops run at their full length.</summary>
    public static bool Long { get; } = Environment.GetEnvironmentVariable("LONG_TESTS") == "1";

    /// <summary>Inputs to try in this run, of those of a long run.</summary>
    public static long Iterations(long full, long share, [CallerMemberName] string test = "")
    {
        var count = Long ? full : Math.Min(share, full);
        Print(string.Create(CultureInfo.InvariantCulture, $"{test}: {count:N0} inputs of {full:N0}"));
        return count;
    }

    /// <summary>
    /// Each input given to a reader. What read throws is the failure: it catches the reader's own refusal, and nothing else.
    /// </summary>
    public static void Read(Gen<byte[]> inputs, long full, long share, Action<byte[]> read, [CallerMemberName] string test = "")
    {
        var (random, count) = Begin(full, share, test);
        for (var i = 0L; i < count; i++)
        {
            var (seed, input) = Next(inputs, random);
            try
            {
                read(input);
            }
            catch (Exception failed)
            {
                throw Told(test, i, seed, input, failed);
            }
        }
    }

    /// <summary>The same for a reader that is awaited.</summary>
    public static async Task ReadAsync(
        Gen<byte[]> inputs, long full, long share, Func<byte[], Task> read, [CallerMemberName] string test = "")
    {
        var (random, count) = Begin(full, share, test);
        for (var i = 0L; i < count; i++)
        {
            var (seed, input) = Next(inputs, random);
            try
            {
                await read(input);
            }
            catch (Exception failed)
            {
                throw Told(test, i, seed, input, failed);
            }
        }
    }

    private static (PCG Random, long Count) Begin(long full, long share, string test)
    {
        var count = Iterations(full, share, test);
        var given = Environment.GetEnvironmentVariable("FUZZ_SEED");
        var random = string.IsNullOrEmpty(given) ? new PCG(1, (ulong)Random.Shared.NextInt64()) : PCG.Parse(given);
        Print($"{test}: seed {random}");
        return (random, count);
    }

    private static (string Seed, byte[] Input) Next(Gen<byte[]> inputs, PCG random) =>
        (random.ToString(), inputs.Generate(random, null, out _));

    private static InvalidOperationException Told(string test, long number, string seed, byte[] input, Exception failed) => new(
        $"{test}: input {number}, FUZZ_SEED={seed} begins with it, {input.Length} bytes, {failed.GetType().Name}: {failed.Message}\n"
        + $"{Encoding.UTF8.GetString(input.AsSpan(0, Math.Min(1000, input.Length)))}\n"
        + Convert.ToBase64String(input.AsSpan(0, Math.Min(3000, input.Length))),
        failed);

    private static void Print(string line) => TestContext.Current.TestOutputHelper?.WriteLine(line);
}
