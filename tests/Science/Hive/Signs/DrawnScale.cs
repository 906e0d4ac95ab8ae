using IotGateway.Science.Hive.Signs;
using IotGateway.Science.Hive.Weight;

namespace IotGateway.Science.Tests.Hive.Signs;

/// <summary>A drawn scale, read every quarter of an hour: no recording of a hive's weight may be used here.</summary>
internal static class DrawnScale
{
    public static readonly DateTimeOffset Start = new(2021, 7, 1, 0, 0, 0, TimeSpan.Zero);

    /// <summary>Foragers that are out at noon weigh 0.4 kg; what the event adds by days since the start comes on top.</summary>
    public static NetWeight Net(double days, Func<double, double> added, params WorkHours[] works) => NetWeight.Of(
        [
            .. Enumerable.Range(0, (int)(days * 96) + 1).Select(q => new ScaleReading(
                Start.AddMinutes(15 * q), 40 - (0.4 * Math.Max(0, Math.Sin(((q / 96.0) - 0.25) * 2 * Math.PI))) + added(q / 96.0))),
        ],
        works);

    /// <summary>Readings of a nest by days since the start.</summary>
    public static NestReading[] Nest(double days, Func<double, double> celsius) =>
        [.. Enumerable.Range(0, (int)(days * 96)).Select(q => new NestReading(Start.AddMinutes((15 * q) + 7), celsius(q / 96.0)))];
}
