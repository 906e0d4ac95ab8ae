using CsCheck;
using IotGateway.Cloud.Hives.State;
using IotGateway.Cloud.Hives.State.Neighbours;
using IotGateway.Cloud.Hives.State.Rule;
using IotGateway.Cloud.Observations;
using IotGateway.Cloud.Weather.Hours;

namespace IotGateway.Cloud.Tests.Hives.State.Neighbours;

/// <summary>
/// Honesty in time on the real recording: what lies later, of the hive, its neighbours, its weather, its visits, changes nothing.
/// </summary>
public sealed class NoLookAheadTests
{
    private static readonly Neighbourhood Site = SeasonRuns.SiteOf(Recording.Season.Hives);

    [Fact]
    public void AShuffledFutureChangesNoJudgement()
    {
        var hives = Recording.Season.Hives.ToArray();
        Gen.Select(Gen.Int[0, hives.Length - 1], Gen.Int[24, 130 * 24], Gen.Int).Sample(
            (h, hour, seed) =>
            {
                var (id, record) = hives[h];
                var asOf = new DateTimeOffset(2021, 6, 19, 1, 0, 0, TimeSpan.Zero).AddHours(hour);
                var shuffled = new Neighbourhood(
                    [.. hives.Select(o => (o.Key, $"Hive {o.Key}", new NestTemperatures(Shuffled(o.Value.Temperature, asOf, seed))))]);
                var changed = new HiveRecord(
                    Shuffled(record.Temperature, asOf, seed), Shuffled(record.Humidity, asOf, seed), Known(record.Weather!, asOf));
                var visits = Recording.Season.Visits[id].ToArray();

                var before = Judgement.Judge(record, id, Site, visits, null, asOf.AddHours(-1));
                var said = Judgement.Judge(record, id, Site, visits, before, asOf);
                var again = Judgement.Judge(changed, id, shuffled, [.. visits.Where(v => v.Known <= asOf)], before, asOf);

                Assert.Equal(said.State, again.State);
                Assert.Equal(said.Reasons, again.Reasons);
                Assert.Equal(said.Evidence, again.Evidence);
                Assert.Equal(said.Standing, again.Standing);
            },
            iter: 100);
    }

    /// <summary>The same readings up to then; the values of those after in another order.</summary>
    private static Observation[] Shuffled(IReadOnlyList<Observation> all, DateTimeOffset asOf, int seed)
    {
        double[] later = [.. all.Where(o => o.Time > asOf).Select(o => o.Value + 5)];
        new Random(seed).Shuffle(later);
        var next = 0;
        return [.. all.Select(o => o.Time <= asOf ? o : o with { Value = later[next++] })];
    }

    private static WeatherSeries Known(WeatherSeries weather, DateTimeOffset asOf) =>
        new("known", "", weather.Range(asOf.AddDays(-16), asOf.AddMilliseconds(1)).ToArray());
}
