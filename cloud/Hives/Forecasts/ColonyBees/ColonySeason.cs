using System.Globalization;
using System.Text;
using IotGateway.Cloud.Hives.Visits;
using IotGateway.Cloud.Observations;
using IotGateway.Cloud.Sites;
using IotGateway.Cloud.Weather.Hours;
using IotGateway.Science.Hive.Colony;
using IotGateway.Science.Hive.Colony.Filter;
using IotGateway.Science.Hive.Colony.Sensing;
using IotGateway.Science.Hive.Colony.Simulated;
using IotGateway.Science.Hive.Colony.Weather;

namespace IotGateway.Cloud.Hives.Forecasts.ColonyBees;

/// <summary>A hive's days from 1 May on as the colony model takes them: weather, work, thermometers, what visits found.</summary>
internal sealed class ColonySeason
{
    /// <summary>Days whose weather may be taken as usual before nothing is said.</summary>
    private const int MostUnknownDays = 45;

    /// <summary>The same of every hive: what differs is what it is told.</summary>
    private const ulong Seed = 1;

    private const double MostFedGrams = 100_000;
    private const double MostHarvestedGrams = 200_000;

    private readonly List<ColonyDay> _days = [];
    private readonly List<double[]> _swings = [];
    private readonly Dictionary<int, List<Inspection>> _seen = [];

    private ColonySeason(Visit lastCount) => LastCount = lastCount;

    /// <summary>Reason why nothing can be said; null where it can.</summary>
    public string? WhyNot { get; private set; }

    /// <summary>The last visit that counted frames of bees.</summary>
    public Visit LastCount { get; }

    /// <summary>Visits that found something the model takes.</summary>
    public int Visits => _seen.Values.Sum(s => s.Count);

    /// <summary>Nights and days that a thermometer in the nest told of.</summary>
    public int ThermometerDays => _swings.Count(s => s.Any(v => !double.IsNaN(v)));

    /// <summary>Days without weather, taken as usual.</summary>
    public int UnknownDays { get; private set; }

    /// <summary>Mites were washed in this season.</summary>
    public bool IsWashed => _seen.Values.Any(s => s.Exists(i => i.BeesWashed > 0));

    /// <summary>A treatment was written whose strength the model does not know.</summary>
    public bool HasUnknownTreatment { get; private set; }

    /// <summary>Reads it; the visits are those known then, of which one counted bees.</summary>
    public static async Task<ColonySeason> ReadAsync(
        Subject hive, IReadOnlyList<VisitVersion> known, DateTimeOffset asOf, IObservations store, WeatherSeries? weather,
        CancellationToken cancellation)
    {
        var season = new ColonySeason(SeasonSpan.LastCount(known, hive.Site, asOf)!);
        var first = SeasonSpan.FirstDay(hive.Site, asOf);
        var outside = new OutsideDays(hive.Site, weather, asOf);
        var days = SeasonSpan.DateOf(asOf, hive.Site).DayNumber - first.DayNumber;
        var nests = await NestSwings.ReadAsync(hive, outside.FirstHour(first), asOf, store, cancellation);
        for (var i = 0; i < days; i++)
        {
            var date = first.AddDays(i);
            var hours = outside.Hours(date);
            season._swings.Add(nests.Of(hours));
            season._days.Add(new ColonyDay(outside.Day(date, hours, out var isKnown)));
            season.UnknownDays += isKnown ? 0 : 1;
        }

        if (season.UnknownDays > MostUnknownDays)
            season.WhyNot = string.Create(CultureInfo.InvariantCulture, $"{season.UnknownDays} of {days} days since 1 May have no weather");
        foreach (var visit in known.Select(v => v.Visit).Where(v => v.Begin <= asOf))
            season.Take(visit, SeasonSpan.DateOf(visit.Begin, hive.Site).DayNumber - first.DayNumber);
        return season;
    }

    /// <summary>The filter after the last day.</summary>
    public ColonyFilter Filter()
    {
        var sensors = _swings.Count > 0 ? _swings[0].Length : 0;
        var filter = new ColonyFilter(
            [.. Enumerable.Repeat(SensorKind.NestThermometer, sensors)], Climate.Montreal.UsualCelsius(SeasonDays.FirstDayOfYear), Seed);
        for (var i = 0; i < _days.Count; i++)
        {
            filter.Pass(_days[i], _swings[i]);
            foreach (var seen in _seen.GetValueOrDefault(i) ?? [])
                filter.See(seen);
        }

        return filter;
    }

    /// <summary>A hash of all that the filter is given.</summary>
    public string Hash() => Said.Hash(Inputs());

    private string Inputs()
    {
        var text = new StringBuilder();
        for (var i = 0; i < _days.Count; i++)
        {
            var (weather, work) = (_days[i].Weather, _days[i].Work);
            text.Append(CultureInfo.InvariantCulture, $"{weather.MeanCelsius:R} {weather.FlightHours:R} ")
                .Append(CultureInfo.InvariantCulture, $"{work.FedGrams:R} {work.HarvestedGrams:R} ")
                .Append(CultureInfo.InvariantCulture, $"{work.KilledOnBees:R} {work.KilledInCells:R} ")
                .AppendJoin(' ', _swings[i].Select(v => v.ToString("R", CultureInfo.InvariantCulture))).Append(' ')
                .AppendJoin(' ', (_seen.GetValueOrDefault(i) ?? []).Select(Text)).Append('\n');
        }

        return text.ToString();
    }

    private static string Text(Inspection seen) => string.Create(
        CultureInfo.InvariantCulture,
        $"{seen.FramesOfBees:R} {seen.FramesOfBrood:R} {seen.StoresKilograms:R} {seen.MitesWashed} {seen.BeesWashed}");

    /// <summary>A visit's work and findings; one of a day that is not over yet counts on the last.</summary>
    private void Take(Visit visit, int day)
    {
        var last = Math.Min(day, _days.Count - 1);
        if (last < 0)
            return;
        var fed = visit.Feeding is { Food: not Food.Pollen, Kilograms: { } kilograms } ? 1000 * kilograms : 0;
        var work = _days[last].Work;
        _days[last] = _days[last] with
        {
            Work = work with
            {
                FedGrams = Math.Min(work.FedGrams + fed, MostFedGrams),
                HarvestedGrams = Math.Min(work.HarvestedGrams + (1000 * (visit.Harvest?.Kilograms ?? 0)), MostHarvestedGrams),
            },
        };
        if (visit.Treatment is { Removed: false } begun)
            HasUnknownTreatment |= !TreatmentDays.Lay(_days, last, begun.Means);
        var seen = new Inspection(
            visit.FramesOfBees ?? double.NaN, visit.FramesOfBrood ?? double.NaN, visit.StoresKilograms ?? double.NaN,
            visit.MiteWash?.Mites ?? 0, visit.MiteWash?.Bees ?? 0);
        if (visit is { FramesOfBees: null, FramesOfBrood: null, StoresKilograms: null, MiteWash: null })
            return;
        if (!_seen.TryGetValue(last, out var list))
            _seen[last] = list = [];
        list.Add(seen);
    }
}
