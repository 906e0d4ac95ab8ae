using IotGateway.Learning.Linear;

namespace IotGateway.Learning.Hives.Nest;

/// <summary>Hour of a hive with what came of it.</summary>
/// <param name="At">The hour.</param>
/// <param name="Fortnight">That of the hour ahead.</param>
/// <param name="Now">The present value.</param>
/// <param name="Example">The change from it, and the features.</param>
internal sealed record NestRow(int At, int Fortnight, double Now, Example Example)
{
    public string Hive => Example.Group;

    /// <summary>The name of what is held out with it: its hive, and its fortnight of every hive.</summary>
    public string Fold => $"{Hive} {Fortnight}";
}
