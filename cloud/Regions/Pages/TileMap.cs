namespace IotGateway.Cloud.Regions.Pages;

/// <summary>
/// Places of the states on a map of tiles of one size, so that a small state is seen as well as a large one. Drawn by hand: rows run from
/// north to south, columns from west to east.
/// </summary>
internal static class TileMap
{
    private static readonly string[] Rows =
    [
        "AK . . . . . . . . . ME",
        ". . . . . . . . . VT NH",
        "WA ID MT ND MN WI . MI NY MA RI",
        "OR UT WY SD IA IL IN OH PA NJ CT",
        "CA NV CO NE MO KY WV VA MD DE .",
        ". AZ NM KS AR TN NC SC . . .",
        ". . . OK LA MS AL GA . . .",
        "HI . . TX . . . . FL . .",
    ];

    public static int Width => Rows[0].Split(' ').Length;

    public static int Height => Rows.Length;

    /// <summary>All states with their column and row.</summary>
    public static IEnumerable<(string State, int Column, int Row)> Tiles() => Rows
        .SelectMany((row, y) => row.Split(' ').Select((state, x) => (State: state, Column: x, Row: y)))
        .Where(t => t.State != ".");
}
