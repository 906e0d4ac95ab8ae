using System.Globalization;
using Amazon.DynamoDBv2.Model;
using IotGateway.Telemetry;

namespace IotGateway.Cloud.Observations.Dynamo;

/// <summary>Values as attributes. DynamoDB's numbers reach from 1e-130 to 1e126; a double beyond is kept as text.</summary>
internal static class DynamoValue
{
    private const double Least = 1e-120;
    private const double Greatest = 1e120;

    public static AttributeValue Of(double value)
    {
        var text = value.ToString("R", CultureInfo.InvariantCulture);
        return value == 0
            ? new AttributeValue { N = "0" }
            : Math.Abs(value) is >= Least and <= Greatest
            ? new AttributeValue { N = text }
            : new AttributeValue { S = text };
    }

    public static double Double(AttributeValue attribute) =>
        double.Parse(attribute.N ?? attribute.S, NumberStyles.Float, CultureInfo.InvariantCulture);

    /// <summary>A number, or a map when something speaks against it; sixteen bits of quality, as in the other store.</summary>
    public static AttributeValue Of(double value, Quality quality) => (ushort)quality == 0
        ? Of(value)
        : new AttributeValue { M = new() { ["v"] = Of(value), ["q"] = DynamoTables.Number((ushort)quality) } };

    public static Observation Observation(DateTimeOffset time, AttributeValue attribute) => attribute.M is { Count: > 0 } map
        ? new Observation(time, Double(map["v"]), (Quality)(ushort)DynamoTables.Long(map["q"]))
        : new Observation(time, Double(attribute), Quality.Good);

    /// <summary>An hour as a list of count, least, sum and greatest.</summary>
    public static AttributeValue Of(HourOfMetric hour) => new()
    {
        L = [DynamoTables.Number(hour.Count), Of(hour.Min), Of(hour.Sum), Of(hour.Max)],
    };

    public static HourOfMetric Hour(AttributeValue attribute) =>
        new((int)DynamoTables.Long(attribute.L[0]), Double(attribute.L[1]), Double(attribute.L[2]), Double(attribute.L[3]));

    /// <summary>True for an attribute of a metric: all others begin with a capital.</summary>
    public static bool IsMetric(string name) => !char.IsAsciiLetterUpper(name[0]);
}

/// <summary>
/// A metric's usable observations of one hour. A sum beyond all doubles stays at the greatest; the mean then lies at least between the
/// least and the greatest value.
/// </summary>
internal readonly record struct HourOfMetric(int Count, double Min, double Sum, double Max)
{
    public Bucket At(DateTimeOffset hour) => new(hour, Count, Min, Math.Clamp(Sum / Count, Min, Max), Max);

    public HourOfMetric With(double value) =>
        Count == 0 ? new(1, value, value, value) : new(Count + 1, Math.Min(Min, value), Within(Sum + value), Math.Max(Max, value));

    private static double Within(double sum) => Math.Clamp(sum, -double.MaxValue, double.MaxValue);
}
