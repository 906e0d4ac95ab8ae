using System.Globalization;

namespace IotGateway.Benchmarks.Measures;

/// <summary>Prints a suite's ratios as a Markdown table, the form in which docs/benchmarks keeps them.</summary>
internal static class Table
{
    /// <summary>Writes the table and answers whether every bar that could be measured was met.</summary>
    public static bool Print(IReadOnlyList<Ratio> ratios, TextWriter output)
    {
        output.WriteLine("| what | ours | peer or limit | its figure | unit | ratio | bar | |");
        output.WriteLine("| --- | ---: | --- | ---: | --- | ---: | ---: | --- |");
        foreach (var r in ratios)
        {
            var (figure, ratio) = (r.PeerFigure is { } peer ? Figure(peer) : "–", r.Value is { } value ? Fixed(value) : "–");
            output.WriteLine($"| {r.What} | {Figure(r.Ours)} | {r.Peer} | {figure} | {r.Unit} | {ratio} | {Fixed(r.Bar)} | {Verdict(r)} |");
        }

        return !ratios.Any(r => r.Missed);
    }

    private static string Verdict(Ratio r) => r switch
    {
        { Value: null } => $"not measured: no {r.Peer} here",
        { Missed: true } => "MISSED",
        _ => "met",
    };

    private static string Fixed(double value) => value.ToString("0.00", CultureInfo.InvariantCulture);

    private static string Figure(double value) => Math.Abs(value) >= 1000
        ? value.ToString("N0", CultureInfo.InvariantCulture)
        : value.ToString("0.###", CultureInfo.InvariantCulture);
}
