using IotGateway.Cloud.Forecasts.Runs;

namespace IotGateway.Cloud.Tests.Forecasts.Runs;

public sealed class RunPlanTests
{
    private static readonly DateTimeOffset Ten = new(2021, 7, 1, 10, 0, 0, TimeSpan.Zero);

    [Theory]
    [InlineData(70, 0)]
    [InlineData(75, 1)]
    [InlineData(134, 1)]
    [InlineData(135, 2)]
    [InlineData(-500, 0)]
    [InlineData(6_000, 24)]
    public void JudgesTheHoursThatAreOverAndSettled(int minutesLater, int count)
    {
        var plan = RunPlan.After(Ten, Ten.AddMinutes(minutesLater));
        Assert.Equal((Ten.AddHours(1), count, 0L), (plan.First, plan.Count, plan.Skipped));
    }

    [Fact]
    public void BeginsWithTheHourOfTheFirstReading() =>
        Assert.Equal(Ten.AddHours(1), RunPlan.After(Ten.AddMinutes(7), Ten.AddHours(3)).First);

    [Fact]
    public void FarBehindItLeavesTheOldestHoursOutAndCountsThem()
    {
        var plan = RunPlan.After(Ten, Ten.AddDays(40).AddMinutes(30));
        Assert.Equal((40 * 24) - RunPlan.MostBehind, plan.Skipped);
        Assert.Equal(Ten.AddHours(1 + plan.Skipped), plan.First);
        Assert.Equal(RunPlan.MostAtOnce, plan.Count);
    }
}
