using IotGateway.Tables;

namespace IotGateway.Learning.Panel;

/// <summary>Tables that this assembly carries, so that training and serving read the same bytes wherever they run.</summary>
internal static class SurveyFiles
{
    /// <summary>The panel as known after the last revision.</summary>
    public const string Panel = "usda_colony_panel_2015_2025.csv";

    /// <summary>Each yearly report as it was printed.</summary>
    public const string Releases = "usda_nass_releases_2016_2022.csv";

    public static Table Read(string file)
    {
        using var reader = new StreamReader(Open(file));
        return Table.Read(reader, file);
    }

    public static Stream Open(string file) => typeof(SurveyFiles).Assembly.GetManifestResourceStream(file)
        ?? throw new FileNotFoundException($"The assembly does not carry the table {file}.");
}
