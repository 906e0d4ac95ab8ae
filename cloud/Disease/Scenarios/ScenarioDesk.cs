using IotGateway.Science;
using IotGateway.Science.Disease;
using IotGateway.Science.Disease.Foulbrood;
using IotGateway.Science.Disease.Varroa;

namespace IotGateway.Cloud.Disease.Scenarios;

/// <summary>
/// Runs scenarios one after the other, on one thread: whoever asks for many delays those who ask after him, and not the cloud.
/// </summary>
internal sealed class ScenarioDesk : IDisposable
{
    private const string Statement =
        "A scenario: it follows from published ranges of the parameters and was never held against what came. It is no forecast.";

    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(20);
    private readonly SemaphoreSlim _turn = new(1);

    /// <returns>The answer; null where others were not done in time.</returns>
    /// <exception cref="InputException">An apiary or a countermeasure is not as a scenario takes it.</exception>
    public async Task<ScenarioAnswer?> AnswerAsync(ScenarioQuestion question, ApiaryGround ground, CancellationToken cancellation)
    {
        if (NotSaid(question, ground) is { } reason)
            return Answer(question, ground, null, null, reason);
        if (!await _turn.WaitAsync(Patience, cancellation))
            return null;
        try
        {
            return await Task.Run(
                () =>
                {
                    var none = Run(question, Countermeasure.None, ground, cancellation);
                    var against = question.Against is { Treatment: null, Standstill: false }
                        ? null : Run(question, question.Against, ground, cancellation);
                    return Answer(question, ground, none, against, null);
                },
                cancellation);
        }
        finally
        {
            _turn.Release();
        }
    }

    public void Dispose() => _turn.Dispose();

    private static SpreadScenario Run(
        ScenarioQuestion question, Countermeasure against, ApiaryGround ground, CancellationToken cancellation)
    {
        PlacedApiary[] placed =
        [
            .. ground.Apiaries.Select(a => new PlacedApiary(a.Id, a.Place, a.Colonies) { Washes = a.Washes, Cases = Cases(question, a) }),
        ];
        var options = new SpreadOptions { Seed = question.Seed, Threads = 1 };
        return ScenarioQuestion.Foulbrood(question.Kind) is { } foulbrood
            ? FoulbroodScenario.Run(foulbrood, placed, ground.Moves, against, options, cancellation)
            : VarroaScenario.Run(placed, ground.Moves, against, options, cancellation);
    }

    private static int Cases(ScenarioQuestion question, SiteApiary apiary) =>
        question.Kind == FoulbroodKind.American.Name ? apiary.American
        : question.Kind == FoulbroodKind.European.Name ? apiary.European : 0;

    private static string? NotSaid(ScenarioQuestion question, ApiaryGround ground) =>
        ground.Apiaries.Count == 0 ? "There is no apiary with a living colony."
        : ground.AsOf is { } asOf && !ground.Apiaries.Any(a => BroodSeason.Holds(a.Place.LatitudeDegrees, asOf.Month))
            ? "Not enough to say: colonies raise hardly any brood now and bees hardly fly, so that none of the ranges holds."
        : question.Kind != ScenarioQuestion.Varroa && ground.Apiaries.All(a => Cases(question, a) == 0)
            ? "No visit has found it, so there is nothing known that could spread. That does not say that it is not there."
        : null;

    private static ScenarioAnswer Answer(
        ScenarioQuestion question, ApiaryGround ground, SpreadScenario? none, SpreadScenario? against, string? notSaid) => new(
        Statement, question.Kind, ScenarioQuestion.Event(question.Kind), ground.AsOf, SpreadScenario.Weeks, question.Against.Treatment,
        question.Against.Standstill, notSaid,
        none is null ? [] :
        [
            .. ground.Apiaries.Select((a, i) => new ApiaryAnswer(
                a.Id, a.Name, a.Place.LatitudeDegrees, a.Place.LongitudeDegrees, a.Colonies, a.Washes.Count, Cases(question, a),
                none.Apiaries[i].Neighbours, none.Apiaries[i].Chances, against?.Apiaries[i].Chances)),
        ],
        ground.LeftOut, none is null ? [] : ScenarioNotes.Of(question, ground, none),
        Parameters(question), none?.Worlds ?? 0, none?.Members ?? 0, question.Seed);

    private static IReadOnlyList<Parameter> Parameters(ScenarioQuestion question) =>
        ScenarioQuestion.Foulbrood(question.Kind) is { } foulbrood
            ? [foulbrood.Rate, foulbrood.Reach, .. foulbrood.Treatments]
            : [.. VarroaParameters.All, .. VarroaTreatments.All];
}
