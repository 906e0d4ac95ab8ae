using IotGateway.Cloud.Hives.State.Neighbours;
using IotGateway.Cloud.Hives.State.Rule;
using IotGateway.Cloud.Hives.State.Signs;
using IotGateway.Cloud.Hives.Visits;
using IotGateway.Cloud.Hives.Weight;
using IotGateway.Cloud.Observations;
using IotGateway.Cloud.Sites;
using IotGateway.Telemetry;

namespace IotGateway.Cloud.Hives.State;

/// <summary>Nests and scales of a site's hives over a stretch of hours, read once for all hives that are judged in it.</summary>
internal sealed class SiteNests(Apiary apiary, IObservations store, VisitBook visits)
{
    private (string Site, DateTimeOffset First, DateTimeOffset Last) _read;
    private Neighbourhood _nests = Neighbourhood.None;

    /// <summary>The hives with which those of a site are compared, the first of its list, known for hours from first to last.</summary>
    public async Task<Neighbourhood> ReadAsync(Site site, DateTimeOffset first, DateTimeOffset last, CancellationToken cancellation)
    {
        if (_read == (site.Id, first, last))
            return _nests;
        var nests = new List<(string, string, NestTemperatures)>();
        var scales = new Dictionary<string, HiveScale>(StringComparer.Ordinal);
        foreach (var hive in apiary.Hives.Where(h => h.Site.Id == site.Id).Take(Neighbourhood.MostHives))
        {
            try
            {
                nests.Add((hive.Id, hive.Name, new NestTemperatures(await store.RangeAsync(
                    hive, Metrics.HiveTemperature, first - KnownHours.Window, last.AddMilliseconds(1), int.MaxValue, cancellation))));
                var weight = await ScaleReadings.ReadAsync(store, hive, first - WeekGains.Window, last, cancellation);
                if (weight.Count > 0)
                    scales[hive.Id] = new HiveScale(weight, await visits.AllAsync(hive, cancellation));
            }
            catch (Exception e) when (e is not OperationCanceledException)
            {
                // Its own task meets the same, logs it and counts it; its neighbours are judged without it.
            }
        }

        _nests = new Neighbourhood(nests) { Gains = new WeekGains(scales) };
        _read = (site.Id, first, last);
        return _nests;
    }
}
