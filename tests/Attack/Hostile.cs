using System.Globalization;
using System.IO.Compression;
using System.Text;

namespace IotGateway.Attack.Tests;

/// <summary>Maker of messages that an enrolled gateway could send and never should.</summary>
internal sealed class Hostile(string gateway)
{
    private long _sequence;

    /// <summary>Any text as a message's records, under the next sequence.</summary>
    public byte[] Records(string records, string stream = "h1", string gaps = "", long step = 1)
    {
        _sequence += step;
        var numbers = string.Create(
            CultureInfo.InvariantCulture,
            $"\"first\":{_sequence},\"last\":{_sequence},\"sent\":\"{TimeProvider.System.GetUtcNow():O}\"");
        var head = $"{{\"schema\":1,\"gateway\":\"{gateway}\",\"stream\":\"{stream}\",{numbers},\"clock\":\"synchronised\","
            + $"\"gaps\":[{gaps}],\"senml\":[{records}]}}";
        return Gzip(head);
    }

    /// <summary>So many records, each made of its number.</summary>
    public byte[] Many(int count, Func<int, string> record) =>
        Records(string.Join(',', Enumerable.Range(0, count).Select(record)));

    /// <summary>A record of one value at a time.</summary>
    public static string Record(string device, string metric, DateTimeOffset time, string value = "1", string more = "")
    {
        var seconds = (time.ToUnixTimeMilliseconds() / 1000.0).ToString(CultureInfo.InvariantCulture);
        return $"{{\"bn\":\"{device}/\",\"bt\":{seconds},\"brt\":{seconds},\"n\":\"{metric}\",\"v\":{value}{more}}}";
    }

    /// <summary>A message as it was before compression.</summary>
    public static byte[] Plain(byte[] message)
    {
        using var gzip = new GZipStream(new MemoryStream(message), CompressionMode.Decompress);
        using var plain = new MemoryStream();
        gzip.CopyTo(plain);
        return plain.ToArray();
    }

    private static byte[] Gzip(string text)
    {
        using var packed = new MemoryStream();
        using (var gzip = new GZipStream(packed, CompressionLevel.Fastest, leaveOpen: true))
            gzip.Write(Encoding.UTF8.GetBytes(text));
        return packed.ToArray();
    }
}
