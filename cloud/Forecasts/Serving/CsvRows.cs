using System.Globalization;
using System.Text;

namespace IotGateway.Cloud.Forecasts.Serving;

/// <summary>
/// Rows as <c>text/csv</c>, SageMaker's own: the question without a header, an unknown number as an empty field. The answer begins with
/// the names of its columns.
/// </summary>
internal sealed class CsvRows : IRowFormat
{
    public string MediaType => "text/csv";

    public byte[] Write(IReadOnlyList<double[]> rows)
    {
        var text = new StringBuilder();
        foreach (var row in rows)
            text.AppendJoin(',', row.Select(v => double.IsNaN(v) ? "" : v.ToString("R", CultureInfo.InvariantCulture))).Append('\n');
        return Encoding.UTF8.GetBytes(text.ToString());
    }

    public AnsweredRows Read(byte[] body)
    {
        var lines = Encoding.UTF8.GetString(body).ReplaceLineEndings("\n").TrimEnd('\n').Split('\n');
        return new AnsweredRows([.. lines[0].Split(',').Select(c => c.Trim())], [.. lines.Skip(1).Select(Numbers)]);
    }

    private static double[] Numbers(string line) =>
    [
        .. line.Split(',').Select(field =>
            double.TryParse(field, NumberStyles.Float, CultureInfo.InvariantCulture, out var number)
                ? number
                : throw new EndpointAnswerException($"'{Web.Problem.Shown(field)}'", "a number")),
    ];
}
