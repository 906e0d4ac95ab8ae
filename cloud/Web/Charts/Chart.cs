namespace IotGateway.Cloud.Web.Charts;

/// <summary>
/// A line of a chart. <c>Class</c> names its look in the style sheet; samples further apart than <c>LongestJoin</c> are not joined.
/// </summary>
internal sealed record Line(string Name, string Class, IReadOnlyList<Sample> Samples, TimeSpan LongestJoin);

/// <summary>A range of values over time, hour by hour.</summary>
internal sealed record Band(string Name, IReadOnlyList<(DateTimeOffset Time, double Low, double High)> Hours);

/// <summary>A bar from one time to another.</summary>
internal sealed record Bar(DateTimeOffset From, DateTimeOffset To, double Value);

/// <summary>A stretch of time in one row, such as a state.</summary>
internal sealed record Stretch(DateTimeOffset From, DateTimeOffset To, int Row, string Class);

/// <summary>Contents of a chart.</summary>
internal sealed record Chart
{
    /// <summary>Unique on the page.</summary>
    public required string Id { get; init; }

    public required string Title { get; init; }

    /// <summary>Description for a reader who sees no picture.</summary>
    public required string Description { get; init; }

    /// <summary>As written on the axis; empty for rows.</summary>
    public string Unit { get; init; } = "";

    public required DateTimeOffset From { get; init; }

    public required DateTimeOffset To { get; init; }

    public required TimeZoneInfo Zone { get; init; }

    public IReadOnlyList<(DateTimeOffset From, DateTimeOffset To)> Nights { get; init; } = [];

    public IReadOnlyList<Line> Lines { get; init; } = [];

    public Band? Band { get; init; }

    public IReadOnlyList<Bar> Bars { get; init; } = [];

    /// <summary>Row names from top to bottom; a chart with rows has no axis of values.</summary>
    public IReadOnlyList<string> Rows { get; init; } = [];

    public IReadOnlyList<Stretch> Stretches { get; init; } = [];

    /// <summary>The least step of the axis of values, in its unit.</summary>
    public double LeastStep { get; init; } = 1;

    public bool FromZero { get; init; }

    /// <summary>Half as high as others.</summary>
    public bool Low { get; init; }

    /// <summary>Stands in the plot when there is nothing to draw.</summary>
    public string Nothing { get; init; } = "no data in this range";

    public bool HasData => Lines.Any(l => l.Samples.Count > 0) || Bars.Any(b => b.Value > 0) || Stretches.Count > 0;
}

/// <summary>A drawing's size in SVG units; text is set in the same units, so a narrow screen has its own drawing.</summary>
internal sealed record ChartSize(string Class, int Width, int Height, int Left, int TimeTicks, int MostPoints)
{
    public static readonly ChartSize Wide = new("wide", 1040, 260, 64, 9, 1000);

    public static readonly ChartSize Narrow = new("narrow", 358, 220, 46, 5, 360);
}
