using System.Globalization;
using IotGateway.Cloud.Observations;
using IotGateway.Cloud.Sites;

namespace IotGateway.Cloud.Lake;

/// <summary>The hourly Parquet files, <c>date=YYYY-MM-DD/hour=HH.parquet</c> (UTC).</summary>
internal sealed class CuratedLake(string folder, LiteObservations store, Apiary apiary)
{
    public string PathOf(DateTimeOffset hour) => Path.Combine(
        folder, string.Create(CultureInfo.InvariantCulture, $"date={hour.UtcDateTime:yyyy-MM-dd}"), string.Create(CultureInfo.InvariantCulture, $"hour={hour.UtcDateTime:HH}.parquet"));

    /// <summary>How many files there are.</summary>
    public int Files => Directory.Exists(folder) ? Directory.EnumerateFiles(folder, "hour=*.parquet", SearchOption.AllDirectories).Count() : 0;

    /// <summary>How many hours wait to be written.</summary>
    public int Waiting => store.ChangedHourCount;

    /// <summary>Writes an hour as the store holds it, and notes it as written if nothing came meanwhile.</summary>
    /// <returns>Rows written.</returns>
    public int Write(DateTimeOffset hour, long change)
    {
        var series = store.Hour(hour);
        CuratedFile.Write(PathOf(hour), series, apiary);
        store.MarkWritten(hour, change);
        return series.Sum(s => s.Observations.Count);
    }
}
