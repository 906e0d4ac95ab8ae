using IotGateway.Science.Disease;
using IotGateway.Science.Disease.Foulbrood;
using IotGateway.Science.Disease.Varroa;

namespace IotGateway.Cloud.Disease.Scenarios;

/// <summary>Question to a scenario: what spreads, and what is done against it.</summary>
/// <param name="Kind">One of <see cref="Kinds"/>.</param>
/// <param name="Against">The countermeasure.</param>
/// <param name="Seed">Of the draws.</param>
internal sealed record ScenarioQuestion(string Kind, Countermeasure Against, int Seed)
{
    public const string Varroa = "varroa";

    public static IReadOnlyList<string> Kinds { get; } = [Varroa, FoulbroodKind.American.Name, FoulbroodKind.European.Name];

    /// <summary>Names of the treatments that a kind knows.</summary>
    public static IEnumerable<string> Treatments(string kind) =>
        (Foulbrood(kind)?.Treatments ?? VarroaTreatments.All).Select(t => t.Name);

    /// <summary>The foulbrood of a name; null for Varroa.</summary>
    public static FoulbroodKind? Foulbrood(string kind) =>
        kind == FoulbroodKind.American.Name ? FoulbroodKind.American : kind == FoulbroodKind.European.Name ? FoulbroodKind.European : null;

    /// <summary>Event whose chance is told.</summary>
    public static string Event(string kind) => kind == Varroa
        ? "the mean of the apiary's colonies reaches 3 mites per 100 bees"
        : "the apiary has a colony with the disease";
}
