using System.Globalization;
using System.Text;

namespace IotGateway.Learning.Hives;

/// <summary>Record of statements as CSV, by which others check a model.</summary>
internal static class HeldOutRecord
{
    public static void Write(string folder, string model, IEnumerable<HeldOutRow> rows)
    {
        Directory.CreateDirectory(folder);
        File.WriteAllText(Path.Combine(folder, $"{model}-record.csv"), Text(rows));
    }

    private static string Text(IEnumerable<HeldOutRow> rows)
    {
        var text = new StringBuilder("target,held_out,period,observed,baseline,said,p10,p90\n");
        foreach (var row in rows)
        {
            text.Append(CultureInfo.InvariantCulture, $"\"{row.Target}\",{row.Group},{row.Period},{row.Observed:R},{row.Simple:R},")
                .Append(CultureInfo.InvariantCulture, $"{row.Said:R},{row.Low:R},{row.High:R}\n");
        }

        return text.ToString();
    }
}
