using IotGateway.Cloud.Forecasts;
using IotGateway.Cloud.Hives.Forecasts.FramesOfBees;
using IotGateway.Cloud.Hives.Forecasts.Learnt;
using IotGateway.Cloud.Hives.Visits;
using IotGateway.Science.Hive.Learnt;
using static IotGateway.Cloud.Hives.Forecasts.Said;

namespace IotGateway.Cloud.Hives.Forecasts.FramesNow;

/// <summary>Word of the learnt model on the frames of bees now: from the last visit, the boxes and the nest's week.</summary>
internal static class LearntFrames
{
    private const string Target = "frames of bees";

    private static readonly LearntModel Model = LearntModel.Read("hive-frames", FrameFeatures.Names);

    /// <summary>A nest that a strong colony holds, against which a week's readings are told.</summary>
    private static readonly NestWeek Held = new(0.2, 0, 35, 20);

    /// <summary>The word on a hive.</summary>
    /// <param name="hive">Its id.</param>
    /// <param name="last">The last visit that counted frames of bees.</param>
    /// <param name="then">Boxes that it found.</param>
    /// <param name="boxes">Boxes now.</param>
    /// <param name="week">The nest in the week before.</param>
    public static FrameWord Of(string hive, Visit last, int then, int boxes, NestWeek week)
    {
        var counted = last.FramesOfBees!.Value;
        var features = FrameFeatures.Of(counted, then, boxes, week);
        var sum = Model.For(hive, Target);
        var said = sum.At(features);
        var held = sum.At(FrameFeatures.Of(counted, then, boxes, Held with { Temperature = week.Temperature, Outside = week.Outside }));
        return new FrameWord(
            Model.Name, Model.VersionOf(sum), Hash(features),
            [
                new Quantile(0.1, FrameWord.Frames(said + sum.Low)), new Quantile(0.5, FrameWord.Frames(said)),
                new Quantile(0.9, FrameWord.Frames(said + sum.High)),
            ],
            [
                Words($"The visit of {last.Begin.UtcDateTime:d MMMM} counted {counted:0.#} frames of bees in {Boxes(then)}; ")
                    + (boxes == then ? "it has as many now." : $"it has {Boxes(boxes)} now."),
                Words($"In the last week its nest swung {week.Swing:0.0} °C a day and moved {week.Following:0.00} °C for each °C outside: ")
                    + (Math.Abs(said - held) < 0.05
                        ? "as one that a strong colony holds."
                        : Words($"{Math.Abs(said - held):0.0} frames {(said < held ? "fewer" : "more")} than of a nest that holds still.")),
                "Learnt from seven hives of one city in one summer"
                    + (sum.HeldOut == hive ? ", of which this is one; the weights used here have not seen it." : ".")
                    + " The interval is made of the errors on hives that were held out.",
            ]);
    }

    private static string Boxes(int count) => Words($"{count} {(count == 1 ? "box" : "boxes")}");
}
