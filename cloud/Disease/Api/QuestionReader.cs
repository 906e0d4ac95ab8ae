using System.Globalization;
using IotGateway.Cloud.Disease.Scenarios;
using IotGateway.Cloud.Web;
using IotGateway.Science.Disease;

namespace IotGateway.Cloud.Disease.Api;

/// <summary>Reads a question from the texts of a request; what is none is refused by the parameter's name.</summary>
internal static class QuestionReader
{
    /// <summary>Reads it.</summary>
    /// <param name="kind">As asked for; null for Varroa.</param>
    /// <param name="treatment">As asked for; null or empty for none.</param>
    /// <param name="at">Ids of apiaries, parted by commas; null or empty for all.</param>
    /// <param name="standstill">true or false; null for false.</param>
    /// <param name="seed">A whole number; null for 1.</param>
    /// <param name="apiaries">Ids that there are.</param>
    public static (ScenarioQuestion? Question, IResult? Refusal) Read(
        string? kind, string? treatment, string? at, string? standstill, string? seed, IReadOnlyCollection<string> apiaries)
    {
        var of = kind ?? ScenarioQuestion.Varroa;
        if (!ScenarioQuestion.Kinds.Contains(of))
            return (null, Problem.BadParameter("kind", kind, $"one of {string.Join(", ", ScenarioQuestion.Kinds)}"));
        var by = string.IsNullOrEmpty(treatment) ? null : treatment;
        var treatments = ScenarioQuestion.Treatments(of).ToList();
        if (by is not null && !treatments.Contains(by))
        {
            var known = string.Join(", ", treatments);
            return (null, Problem.BadParameter("treatment", by, $"one with a published efficacy against it: {known}"));
        }

        if (standstill is not (null or "" or "true" or "false"))
            return (null, Problem.BadParameter("standstill", standstill, "true or false"));
        var number = 1;
        if (seed is not null && !int.TryParse(seed, NumberStyles.None, CultureInfo.InvariantCulture, out number))
            return (null, Problem.BadParameter("seed", seed, $"a whole number from 0 to {int.MaxValue}"));
        HashSet<string>? places = string.IsNullOrEmpty(at) ? null : [.. at.Split(',')];
        if (places?.FirstOrDefault(p => !apiaries.Contains(p)) is { } unknown)
            return (null, Problem.BadParameter("at", unknown, "ids of apiaries that are asked about, parted by commas"));
        return (new ScenarioQuestion(of, new Countermeasure(by, places, standstill is "true"), number), null);
    }
}
