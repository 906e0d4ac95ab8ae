using CsCheck;
using IotGateway.FirmwareSim.Nodes;
using Xunit;

namespace IotGateway.FirmwareSim.Tests.Nodes;

public sealed class PayloadRoundTripTests
{
    private static readonly (string[] Metrics, double Least, double Most, double Step)[] Fields =
    [
        (["hive_temperature"], -327.67, 327.67, 0.01),
        (["hive_humidity"], 0, 655.34, 0.01),
        (["brood_temperature"], -327.67, 327.67, 0.01),
        (["weight"], 0, 16777.214, 0.001),
        (["co2"], 0, 65534, 1),
        (["tvoc"], 0, 65534, 1),
        (["eco2"], 0, 65534, 1),
        (["pm1", "pm2_5", "pm10"], 0, 6553.4, 0.1),
        (["sound_level"], 0, 127, 0.5),
        ([
            "sound_60_125", "sound_125_225", "sound_225_300", "sound_300_380", "sound_380_550", "sound_500_600", "sound_600_1200",
            "sound_2000_3600",
        ], -20, 107, 0.5),
        (["bees_in", "bees_out"], 0, 65534, 1),
        (["battery_voltage"], 0, 65.534, 0.001),
    ];

    private static readonly Gen<Dictionary<string, double?>> Values =
        from present in Gen.Bool.Array[Fields.Length]
        from answered in Gen.Int[0, 4].Array[23]
        from parts in Gen.Double[0, 1].Array[23]
        select Draw(present, answered, parts);

    [Fact]
    public void AnIndependentReadingFindsWhatWasMeasuredWithinHalfAStep() => Gen.Select(Gen.UInt, Values).Sample((time, values) =>
    {
        var (readTime, read) = FrameReading.Read(PayloadEncoder.Encode(time, values));

        Assert.Equal(time, readTime);
        Assert.Equal(values.Keys.Order(), read.Keys.Order());
        foreach (var (metrics, _, _, step) in Fields)
        {
            foreach (var metric in metrics.Where(values.ContainsKey))
            {
                if (values[metric] is { } value)
                    Assert.InRange(read[metric]!.Value, value - (step * 0.500001), value + (step * 0.500001));
                else
                    Assert.Null(read[metric]);
            }
        }
    });

    [Fact]
    public void TheLedgerHoldsWhatAnIndependentReadingFinds() => Values.Sample(values =>
    {
        var read = FrameReading.Read(PayloadEncoder.Encode(0, values)).Values
            .Where(v => v.Value is not null)
            .ToDictionary(v => v.Key, v => v.Value!.Value);
        var sent = PayloadEncoder.AsSent(values);

        Assert.Equal(read.Keys.Order(), sent.Keys.Order());
        Assert.All(read, v => Assert.Equal(v.Value, sent[v.Key], 1e-9));
    });

    private static Dictionary<string, double?> Draw(bool[] present, int[] answered, double[] parts)
    {
        var values = new Dictionary<string, double?>(StringComparer.Ordinal);
        var index = 0;
        for (var f = 0; f < Fields.Length; f++)
        {
            foreach (var metric in Fields[f].Metrics)
            {
                var value = Fields[f].Least + (parts[index] * (Fields[f].Most - Fields[f].Least));
                if (present[f])
                    values[metric] = answered[index] == 0 ? null : value;
                index++;
            }
        }

        return values;
    }
}
