namespace IotGateway.Cloud.Hives.Pages;

/// <summary>A range of time that the charts can show.</summary>
/// <param name="Key">As in the address.</param>
/// <param name="Name">As on the page.</param>
/// <param name="Length">How far back it reaches from the site's clock.</param>
/// <param name="RainHours">Hours that a bar of rain sums.</param>
/// <param name="RowHours">Hours that a row of the table covers.</param>
internal sealed record ChartSpan(string Key, string Name, TimeSpan Length, int RainHours, int RowHours)
{
    public static IReadOnlyList<ChartSpan> All { get; } =
    [
        new("24h", "24 hours", TimeSpan.FromDays(1), 1, 1),
        new("3d", "3 days", TimeSpan.FromDays(3), 1, 3),
        new("7d", "7 days", TimeSpan.FromDays(7), 3, 6),
        new("30d", "30 days", TimeSpan.FromDays(30), 12, 24),
    ];

    /// <summary>The range of that key; three days for any other.</summary>
    public static ChartSpan Of(string? key) => All.FirstOrDefault(s => s.Key == key) ?? All[1];
}
