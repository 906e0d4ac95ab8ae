using CsCheck;
using IotGateway.Cloud.Web.Charts;

namespace IotGateway.Cloud.Tests.Web;

public sealed class AxisTests
{
    private static readonly TimeZoneInfo Toronto = TimeZoneInfo.FindSystemTimeZoneById("America/Toronto");

    [Fact]
    public void ValuesLieBetweenRoundTicks() =>
        Gen.Double[-500, 500].Select(Gen.Double[0, 900]).Sample((min, span) =>
        {
            var axis = ValueAxis.Cover(min, min + span, 5, 1);
            Assert.True(axis.Min <= min && axis.Max >= min + span);
            Assert.InRange(axis.Ticks().Count(), 2, 8);
            Assert.Equal(0, Math.IEEERemainder(axis.Min, axis.Step), 6);
        });

    [Fact]
    public void ADayOf23HoursHasNoMarkAtTheSkippedHour()
    {
        // 14 March 2021: 02:00 became 03:00.
        var (from, to) = (Local(2021, 3, 14, 0, -5), Local(2021, 3, 15, 0, -4));
        var ticks = TimeAxis.Ticks(from, to, Toronto, 30);
        Assert.Equal(23, (to - from).TotalHours);
        Assert.DoesNotContain(ticks, t => t.Label == "02:00");
        Assert.Equal(Local(2021, 3, 14, 3, -4), Assert.Single(ticks, t => t.Label == "03:00").Time);
        Assert.Equal(Local(2021, 3, 14, 1, -5), Assert.Single(ticks, t => t.Label == "01:00").Time);
    }

    [Fact]
    public void ADayOf25HoursKeepsWallClockMarks()
    {
        // 7 November 2021: 02:00 became 01:00 again.
        var (from, to) = (Local(2021, 11, 7, 0, -4), Local(2021, 11, 8, 0, -5));
        var ticks = TimeAxis.Ticks(from, to, Toronto, 10);
        Assert.Equal(25, (to - from).TotalHours);
        Assert.Equal(["7 Nov", "03:00", "06:00", "09:00", "12:00", "15:00", "18:00", "21:00", "8 Nov"], ticks.Select(t => t.Label));
        Assert.Equal(4, (ticks[1].Time - ticks[0].Time).TotalHours);
        Assert.Equal("UTC−04:00, later UTC−05:00", TimeAxis.Offsets(from, to, Toronto));
    }

    [Fact]
    public void DaysAreMarkedAtLocalMidnightAlsoAcrossAChange()
    {
        var ticks = TimeAxis.Ticks(Local(2021, 11, 1, 12, -4), Local(2021, 11, 12, 12, -5), Toronto, 12);
        Assert.Equal(11, ticks.Count);
        Assert.All(ticks, t => Assert.Equal(TimeSpan.Zero, TimeZoneInfo.ConvertTime(t.Time, Toronto).TimeOfDay));
    }

    [Fact]
    public void TheSunRisesAndSetsWhereAlmanacsSay()
    {
        // Montreal, 21 June 2021: sunrise 05:06, sunset 20:47 local time.
        var night = Nights.Between(Local(2021, 6, 21, 12, -4), Local(2021, 6, 22, 12, -4), 45.5, -73.57).Single();
        Assert.InRange(night.From, Local(2021, 6, 21, 20, -4).AddMinutes(37), Local(2021, 6, 21, 20, -4).AddMinutes(57));
        Assert.InRange(night.To, Local(2021, 6, 22, 4, -4).AddMinutes(56), Local(2021, 6, 22, 5, -4).AddMinutes(16));
    }

    private static DateTimeOffset Local(int year, int month, int day, int hour, int offset) => new(
        year, month, day, hour, 0, 0, TimeSpan.FromHours(offset));
}
