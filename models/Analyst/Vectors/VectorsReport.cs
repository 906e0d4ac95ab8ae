using System.Globalization;

namespace IotGateway.Analyst.Vectors;

/// <summary>Compares every file of a folder of reference data and prints a line a file, those not compared included.</summary>
internal static class VectorsReport
{
    /// <summary>Prints the table and answers whether every in-range value agreed.</summary>
    public static bool Print(string folder, TextWriter output)
    {
        output.WriteLine("| file | rows | compared | out of range | values | worst relative error | disagree |");
        output.WriteLine("| --- | ---: | ---: | ---: | ---: | ---: | ---: |");
        var remarks = new List<string>();
        var agreed = true;
        foreach (var path in Directory.EnumerateFiles(folder, "*.csv", SearchOption.AllDirectories).Order(StringComparer.Ordinal))
        {
            var file = Path.GetRelativePath(folder, path).Replace('\\', '/');
            if (Compare(path, file) is not { } c)
            {
                output.WriteLine($"| {file} | {File.ReadLines(path).Skip(1).Count()} | 0 | | | | not compared |");
                remarks.Add($"{file}: {Reason(file)}");
                continue;
            }

            agreed &= c.Disagreements == 0;
            output.WriteLine(string.Create(CultureInfo.InvariantCulture,
                $"| {file} | {c.Rows} | {c.Compared} | {c.OutOfRange} | {c.Values} | "
                + $"{c.WorstRelativeError:0.0e+00} | {c.Disagreements} |"));
            remarks.AddRange(c.Refusals.Select(r => $"{file}: out of range in {r.Key}: {r.Value} rows"));
            remarks.AddRange(c.Examples.Select(e => $"{file}: {e}"));
            if (c.Note is { } note)
                remarks.Add($"{file}: {note}");
        }

        output.WriteLine();
        foreach (var remark in remarks)
            output.WriteLine($"- {remark}");
        return agreed;
    }

    private static Comparison? Compare(string path, string file)
    {
        var name = Path.GetFileNameWithoutExtension(path);
        return Path.GetFileName(Path.GetDirectoryName(path)) switch
        {
            "equations" when EquationVectors.Knows(name) => EquationVectors.Compare(path, file),
            "fwi" when FwiVectors.Knows(name) => FwiVectors.Compare(path, file),
            "fbp" when FbpVectors.Knows(name) => FbpVectors.Compare(path, file),
            _ => null,
        };
    }

    private static string Reason(string file) => Path.GetFileName(file) switch
    {
        FbpVectors.InputFile => "the inputs of the fbp files",
        var name when name.EndsWith("_input.csv", StringComparison.Ordinal) => "weather only, no expected values",
        _ => "not a file of the FWI or FBP reference sets",
    };
}
