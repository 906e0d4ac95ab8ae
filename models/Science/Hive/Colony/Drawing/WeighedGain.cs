namespace IotGateway.Science.Hive.Colony.Drawing;

/// <summary>Change of a hive's net weight over a day, as a scale told it.</summary>
/// <param name="Grams">Weight after the day less that before, work taken out, g; NaN where there is no scale.</param>
/// <param name="Variance">Of its error, g².</param>
internal readonly record struct WeighedGain(double Grams, double Variance)
{
    public static readonly WeighedGain None = new(double.NaN, 1);
}
