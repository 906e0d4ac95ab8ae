using System.Text;

namespace IotGateway.Cloud.Lake.Curated.Tables;

/// <summary>Values that the rows of one device's metric have in common, as the UTF-8 that Parquet keeps.</summary>
internal sealed class CuratedSeries(byte[] device, byte[] metric, byte[] unit, byte[]? hive, byte[]? site)
{
    public byte[] Device => device;

    public byte[] Metric => metric;

    public byte[] Unit => unit;

    public byte[]? Hive => hive;

    public byte[]? Site => site;

    /// <summary>Its place among the series that are sorted together; the same for the same device and metric.</summary>
    public int Rank { get; set; }

    public static CuratedSeries Of(string device, string metric, string unit, string? hive, string? site) =>
        new(Bytes(device), Bytes(metric), Bytes(unit), hive is null ? null : Bytes(hive), site is null ? null : Bytes(site));

    /// <summary>By device, then metric, bytewise: the order of the files.</summary>
    public static int Compare(CuratedSeries a, CuratedSeries b)
    {
        if (ReferenceEquals(a, b))
            return 0;
        var order = a.Device.AsSpan().SequenceCompareTo(b.Device);
        return order != 0 ? order : a.Metric.AsSpan().SequenceCompareTo(b.Metric);
    }

    /// <summary>Gives series their ranks.</summary>
    public static void RankAll(CuratedSeries[] all)
    {
        Array.Sort(all, Compare);
        for (int i = 0, rank = 0; i < all.Length; i++)
        {
            if (i > 0 && Compare(all[i - 1], all[i]) != 0)
                rank++;
            all[i].Rank = rank;
        }
    }

    public static byte[] Bytes(string text) => Encoding.UTF8.GetBytes(text);
}

/// <summary>A row on its way into a file or out of one.</summary>
internal struct CuratedRow
{
    public CuratedSeries Series;

    /// <summary>The gateway's name, UTF-8.</summary>
    public byte[] Gateway;

    /// <summary>Time of measurement: milliseconds since 1970 UTC.</summary>
    public long Time;

    public double Value;

    /// <summary>Time of its batch's arrival: ticks of 100 ns since 1970 UTC; in a file, whole microseconds.</summary>
    public long Received;

    public int Quality;

    /// <summary>Its place in the order of reading, which decides where <see cref="Received"/> does not.</summary>
    public int Order;
}
