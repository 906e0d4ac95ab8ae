using IotGateway.Learning.Hives.Nest;
using IotGateway.Learning.Linear;

namespace IotGateway.Learning.Hives.Frames;

/// <summary>Frames of bees at a visit, from the one before, boxes and sensors; and from the sensors alone. Each hive is held out.</summary>
internal static class FrameModel
{
    private const string Frames = "frames of bees";
    private const string Alone = "frames of bees, by the sensors alone";

    private static readonly double[] Penalties = [1, 3, 10, 30];

    private static readonly Recipe Recipe = new(Fits.Squares, Loss, FrameRows.Sets, Penalties);
    private static readonly Recipe SensorRecipe = new(Fits.Squares, Loss, FrameRows.SensorSets, Penalties);

    public static LearntLines Learn(FrameRows rows)
    {
        Example[] examples = [.. rows.Usable.Select(r => r.Example)];
        return new(FrameRows.Features, [.. Recipe.LearnEach(Frames, examples), .. SensorRecipe.LearnEach(Alone, examples)]);
    }

    public static HeldOutJudgement Judge(FrameRows rows, LearntLines models)
    {
        const string Rows = "visits with sensors, hive held out";
        var said = rows.Usable.Select(r => Say(r, models.Without(r.Example.Group, Frames))).ToList();
        var alone = rows.Usable.Select(r => Say(r, models.Without(r.Example.Group, Alone))).ToList();
        return new(
            [
                new HeldOutRows(Rows, "last visit", said).Error("frames", "≤ 2.3", (ours, _) => ours <= 2.3),
                new HeldOutRows(Rows, "what it should be", said).Coverage(),
                new HeldOutRows("the same, sensors without a visit: useless", "last visit", alone)
                    .Error("frames", "< the baseline", (ours, theirs) => ours < theirs),
            ],
            [.. said, .. alone], rows.SetAside);
    }

    private static HeldOutRow Say(FrameRow row, LearntLine line)
    {
        var said = line.Model.At(row.Example.Features);
        return new(line.Target, row.Example.Group, row.Hour / NestHours.Fortnight, row.Example.Target, row.Last, Math.Max(0, said),
            Math.Max(0, said + line.Low), Math.Max(0, said + line.High));
    }

    private static double Loss(double said, double target) => Math.Abs(said - target);
}
