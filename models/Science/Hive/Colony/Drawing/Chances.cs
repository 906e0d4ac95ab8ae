namespace IotGateway.Science.Hive.Colony.Drawing;

/// <summary>Draws a day's chance.</summary>
internal static class Chances
{
    public static Chance Draw(ref Noise noise, WeighedGain gain) =>
        new(noise.Normal(), noise.Normal(), noise.Normal(), noise.Normal(), noise.Normal(), noise.Normal(), noise.Uniform(), gain);
}
