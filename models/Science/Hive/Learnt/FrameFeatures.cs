namespace IotGateway.Science.Hive.Learnt;

/// <summary>Features by which the frames of bees in a hive are said from the last visit, the boxes and the sensors.</summary>
public static class FrameFeatures
{
    /// <summary>Bees do not cover more frames than a box has.</summary>
    private const int FramesOfBox = 10;

    private const double LeastSwing = 0.1;

    /// <summary>Names of the features, in their order.</summary>
    public static IReadOnlyList<string> Names { get; } =
    [
        "frames at the last visit", "those, at most ten a box now", "boxes now", "boxes since the last visit",
        "logarithm of the nest's swing", "following of the weather", "nest's temperature", "temperature outside",
    ];

    /// <summary>The features of a hive, one function for learning and for serving.</summary>
    /// <param name="frames">Frames of bees that the last visit counted, 0 or more.</param>
    /// <param name="boxesThen">Boxes at that visit.</param>
    /// <param name="boxes">Boxes now.</param>
    /// <param name="sensors">The nest in the week before.</param>
    /// <returns>One value a name.</returns>
    public static double[] Of(double frames, int boxesThen, int boxes, NestWeek sensors) =>
    [
        frames, Math.Min(frames, FramesOfBox * boxes), boxes, boxes - boxesThen, Math.Log(sensors.Swing + LeastSwing), sensors.Following,
        sensors.Temperature, sensors.Outside,
    ];
}
