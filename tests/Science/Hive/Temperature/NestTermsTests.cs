using IotGateway.Learning.Hives.Nest;
using IotGateway.Science.Hive.Temperature;

namespace IotGateway.Science.Tests.Hive.Temperature;

/// <summary>The terms as of each hour, kept from hour to hour, against their definition worked out anew for every hour.</summary>
public class NestTermsTests
{
    private static readonly int[] Horizons = [1, 6, 24];

    [Fact]
    public void TermsOfRealNestsAreThoseOfTheirDefinitionExactly()
    {
        foreach (var nest in NestHours.Read().Hives)
        {
            AssertAsDefined(nest.Temperature);
            AssertAsDefined(nest.Humidity);
        }
    }

    [Theory]
    [InlineData(0.02)]
    [InlineData(0.4)]
    [InlineData(0.97)]
    public void TermsOfHoursWithGapsAreThoseOfTheirDefinition(double missing)
    {
        var random = new Random(3);
        foreach (var count in new[] { 1, 25, 50, 1000 })
        {
            AssertAsDefined(
                [.. Enumerable.Range(0, count).Select(_ => random.NextDouble() < missing ? double.NaN : random.Next(300, 360) / 10.0)]);
        }
    }

    [Fact]
    public void AHorizonBeyondADayIsRefused() => Assert.Throws<InputException>(() => NestTerms.Each([34.0], 25));

    private static void AssertAsDefined(double[] hours)
    {
        var terms = NestTerms.Each(hours, Horizons);
        for (var i = 0; i < Horizons.Length; i++)
        {
            NestTerms[] defined = [.. hours.Select((_, at) => double.IsNaN(hours[at]) ? default : Defined(hours, at, Horizons[i]))];
            Assert.Equal(defined, terms[i]);
        }
    }

    private static NestTerms Defined(double[] hours, int at, int horizon)
    {
        double[] day = [.. Enumerable.Range(0, Math.Min(24, at + 1)).Select(back => hours[at - back]).Where(h => !double.IsNaN(h))];
        var before = at > 0 ? hours[at] - hours[at - 1] : double.NaN;
        return new NestTerms(
            Usual(hours, at, horizon), double.IsNaN(before) ? 0 : before - Usual(hours, at - 1, 1),
            (day.Aggregate(0.0, (sum, h) => sum + h) / day.Length) - hours[at]);
    }

    /// <summary>Median of the changes that began within an hour of this time, on this day or the 14 before, and had ended.</summary>
    private static double Usual(double[] hours, int at, int horizon)
    {
        var changes = new List<double>();
        for (var from = Math.Max(0, at - (14 * 24) - 1); from + horizon <= at; from++)
        {
            if ((at - from + 1) % 24 is 0 or 1 or 2 && !double.IsNaN(hours[from + horizon] - hours[from]))
                changes.Add(hours[from + horizon] - hours[from]);
        }

        changes.Sort();
        return changes.Count < 3 ? 0 : (changes[(changes.Count - 1) / 2] + changes[changes.Count / 2]) / 2;
    }
}
