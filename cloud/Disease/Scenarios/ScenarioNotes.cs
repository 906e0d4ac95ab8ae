using IotGateway.Cloud.Web;
using IotGateway.Science.Disease;

namespace IotGateway.Cloud.Disease.Scenarios;

/// <summary>Limits of a scenario in words: what it does not know and so leaves out.</summary>
internal static class ScenarioNotes
{
    public static IReadOnlyList<string> Of(ScenarioQuestion question, ApiaryGround ground, SpreadScenario scenario)
    {
        var notes = new List<string>
        {
            "Apiaries that nobody told us of are not in it: others' colonies and wild ones make each chance too low.",
        };
        if (ground.Apiaries.Count == 1)
            notes.Add("There is one apiary alone, so nothing spreads between apiaries here.");
        if (question.Kind == ScenarioQuestion.Varroa)
        {
            var unwashed = ground.Apiaries.Count(a => a.Washes.Count == 0);
            if (unwashed > 0)
            {
                notes.Add(
                    $"Of {Shown.Count(unwashed, "apiary", "apiaries")} nobody has washed a colony in the last {MiteCount.OldestDays} days: "
                        + "their mites are drawn from washes elsewhere, and the interval is wide for that reason.");
            }
        }
        else
        {
            notes.Add(
                "It begins with the cases that visits found. Combs, tools and feed that people carry are in it only as moved colonies.");
        }

        notes.Add(ground.Moves.Count == 0
            ? "No visit of the last year tells of a colony that went to another of these apiaries, so a standstill changes nothing."
            : $"Moves of the last year, {Shown.Count(ground.Moves.Count, "way")}, are taken to go on as often.");
        if (scenario.Apiaries.Sum(a => a.NeighboursLeftOut) is > 0 and var crowded)
            notes.Add($"Where more than 64 apiaries are within reach the nearest 64 count; {Shown.Count(crowded, "pair")} are left out.");
        return notes;
    }
}
