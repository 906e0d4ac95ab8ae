using System.Globalization;

namespace IotGateway.Benchmarks;

/// <summary>Prints a suite's ratios as a Markdown table, the form in which docs/benchmarks keeps them.</summary>
internal static class Table
{
    /// <summary>Writes the table and answers whether every bar was met.</summary>
    public static bool Print(IReadOnlyList<Ratio> ratios, TextWriter output)
    {
        output.WriteLine("| what | ours | peer or limit | its figure | unit | ratio | bar | |");
        output.WriteLine("| --- | ---: | --- | ---: | --- | ---: | ---: | --- |");
        foreach (var r in ratios)
        {
            output.WriteLine(string.Create(CultureInfo.InvariantCulture,
                $"| {r.What} | {Figure(r.Ours)} | {r.Peer} | {Figure(r.PeerFigure)} | {r.Unit} | {r.Value:0.00} | {r.Bar:0.00} | {(r.Met ? "met" : "MISSED")} |"));
        }

        return ratios.All(r => r.Met);
    }

    private static string Figure(double value) => Math.Abs(value) >= 1000
        ? value.ToString("N0", CultureInfo.InvariantCulture)
        : value.ToString("0.###", CultureInfo.InvariantCulture);
}
