using System.Globalization;
using IotGateway.Edge.Decode;

namespace IotGateway.Edge.Tests.Decode;

public class WrittenTimeTests
{
    [Theory]
    [InlineData("2026-11-30 12:00:00 PST", null)]
    [InlineData("2026-11-30 01:00:00 PM", null)]
    [InlineData("2026-11-30 01:00:00PM", null)]
    [InlineData("2026-11-30 01:00:00Z PM", null)]
    [InlineData("2026-11-30 01:00:00 +0000 pm", null)]
    [InlineData("2026-11-30 12:00:00.5 -0800 PST", "2026-11-30T20:00:00")]
    [InlineData("2026-11-30 12:00:00 +0000 UTC", "2026-11-30T12:00:00")]
    [InlineData("2026-11-30 12:00:00 UTC", "2026-11-30T12:00:00")]
    [InlineData("2026-11-30T12:00:00GMT", "2026-11-30T12:00:00")]
    [InlineData("2026-11-30T12:00:00", "2026-11-30T12:00:00")]
    [InlineData("2026-11-30T12:00:00z", "2026-11-30T12:00:00")]
    public void AZonesNameTellsNoOffset(string text, string? expected) =>
        Assert.Equal(expected, WrittenTime.Parse(text)?.ToString("s", CultureInfo.InvariantCulture));
}
