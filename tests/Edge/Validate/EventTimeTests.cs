using IotGateway.Edge.Validate;

namespace IotGateway.Edge.Tests.Validate;

public class EventTimeTests
{
    private static readonly DateTimeOffset Now = new(2026, 11, 30, 12, 0, 0, TimeSpan.Zero);

    [Theory]
    [InlineData(2014, true)]
    [InlineData(2150, true)]
    [InlineData(2027, false)]
    public void WithoutAClockOfOurOwnTheCalendarJudges(int year, bool passedOver) => Assert.Equal(
        passedOver ? Now.AddHours(-1).Year : year,
        EventTime.Of([Now.AddYears(year - Now.Year), Now.AddHours(-1)], DateTimeOffset.UnixEpoch, false, TimeSpan.FromMinutes(5))?.Year);
}
