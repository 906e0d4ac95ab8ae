using IotGateway.Science.Fire.Fuels;
using IotGateway.Tables;

namespace IotGateway.Analyst.Vectors;

/// <summary>The folder fbp/: 20 cases, their inputs in one file and their outputs in several.</summary>
internal static class FbpVectors
{
    public const string InputFile = "test_fbp_input.csv";

    public static bool Knows(string name) => name.StartsWith("fbp_", StringComparison.Ordinal) || name == "test_fbp_out_fullprecision";

    public static Comparison Compare(string path, string file)
    {
        var name = Path.GetFileNameWithoutExtension(path);
        var cases = Table.Read(Path.Combine(Path.GetDirectoryName(path)!, InputFile)).Rows.ToDictionary(r => r.Text("id"));
        FuelType? everywhere = name switch { "fbp_11" => FuelType.NonFuel, "fbp_12" => FuelType.Water, _ => null };
        var comparison = new Comparison(file, name == "test_fbp_out_fullprecision");
        var table = Table.Read(path);
        foreach (var row in table.Rows)
            comparison.Row(row, () => Compare(comparison, table, row, new FbpCase(cases[row.Text("ID")], everywhere)));
        return comparison;
    }

    private static void Compare(Comparison comparison, Table table, TableRow row, FbpCase fire)
    {
        var values = fire.Values().ToDictionary(v => v.Column, v => v.Value, StringComparer.OrdinalIgnoreCase);
        foreach (var column in table.Columns.Where(c => c is not ("ID" or "FD")))
            comparison.Value(row, column, values[column]);
        if (row.Has("FD"))
            comparison.Word(row, "FD", fire.Description);
    }
}
