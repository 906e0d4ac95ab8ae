using IotGateway.FirmwareSim.Nodes;
using Xunit;

namespace IotGateway.FirmwareSim.Tests.Nodes;

public sealed class PayloadEncoderTests
{
    [Fact]
    public void WritesTheExampleOfThePage() => Assert.Equal(
        "0160CD374400030B43110B",
        Hex(0x60CD3744, new() { ["hive_temperature"] = 28.83, ["hive_humidity"] = 43.63 }));

    [Fact]
    public void WritesEveryFieldInTheOrderOfItsBit() => Assert.Equal(
        "01" + "00000001" + "0FFF"
        + "FF9C"               // hive_temperature −1.00 → −100
        + "2710"               // hive_humidity 100.00
        + "0D9D"               // brood_temperature 34.85 → 3485
        + "00A55B"             // weight 42.331 → 42331
        + "0BB8"               // co2 3000
        + "00FA"               // tvoc 250
        + "04B0"               // eco2 1200
        + "0033" + "004B" + "0069" // pm 5.1, 7.5, 10.5
        + "78"                 // sound_level 60.0 → 120
        + "00" + "28" + "29" + "8C" + "8D" + "8E" + "FE" + "01" // bands −20, 0, 0.5, 50, 50.5, 51, 107, −19.5
        + "0000" + "FFFE"      // bees_in 0, bees_out 65534
        + "0F9B",              // battery_voltage 3.995
        Hex(1, new()
        {
            ["hive_temperature"] = -1,
            ["hive_humidity"] = 100,
            ["brood_temperature"] = 34.85,
            ["weight"] = 42.331,
            ["co2"] = 3000,
            ["tvoc"] = 250,
            ["eco2"] = 1200,
            ["pm1"] = 5.1,
            ["pm2_5"] = 7.5,
            ["pm10"] = 10.5,
            ["sound_level"] = 60,
            ["sound_60_125"] = -20,
            ["sound_125_225"] = 0,
            ["sound_225_300"] = 0.5,
            ["sound_300_380"] = 50,
            ["sound_380_550"] = 50.5,
            ["sound_500_600"] = 51,
            ["sound_600_1200"] = 107,
            ["sound_2000_3600"] = -19.5,
            ["bees_in"] = 0,
            ["bees_out"] = 65534,
            ["battery_voltage"] = 3.995,
        }));

    [Fact]
    public void WritesNoValueForASensorThatDidNotAnswer() => Assert.Equal(
        "0100000000" + "01AF" + "8000" + "FFFF" + "8000" + "FFFFFF" + "FFFF" + "FFFF" + "0010" + "FFFF" + "FF",
        Hex(0, new()
        {
            ["hive_temperature"] = null,
            ["hive_humidity"] = null,
            ["brood_temperature"] = null,
            ["weight"] = null,
            ["tvoc"] = null,
            ["pm2_5"] = 1.6,
            ["sound_level"] = null,
        }));

    [Fact]
    public void AFullFrameFitsTheSlowestDataRate()
    {
        var all = PayloadLayout.Fields.SelectMany(f => f.Metrics).ToDictionary(m => m, _ => (double?)null, StringComparer.Ordinal);
        Assert.Equal(43, PayloadEncoder.Encode(0, all).Length);
    }

    [Theory]
    [InlineData("hive_temperature", 327.68)]
    [InlineData("hive_temperature", -327.68)] // would be read as "no value"
    [InlineData("hive_humidity", 655.35)]
    [InlineData("hive_humidity", -0.01)]
    [InlineData("sound_60_125", 107.5)]
    [InlineData("weight", double.NaN)]
    public void RefusesAValueThatItsFieldCannotHold(string metric, double value) =>
        Assert.Throws<ArgumentOutOfRangeException>(() => PayloadEncoder.Encode(0, new Dictionary<string, double?> { [metric] = value }));

    [Fact]
    public void RefusesAMetricWithoutAField() =>
        Assert.Throws<ArgumentException>(() => PayloadEncoder.Encode(0, new Dictionary<string, double?> { ["tilt"] = 1 }));

    private static string Hex(uint time, Dictionary<string, double?> values) => Convert.ToHexString(PayloadEncoder.Encode(time, values));
}
