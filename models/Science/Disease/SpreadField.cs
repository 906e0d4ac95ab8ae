namespace IotGateway.Science.Disease;

/// <summary>Apiaries of a scenario with their neighbours and the moves between them, checked.</summary>
internal sealed class SpreadField
{
    /// <exception cref="InputException">A value is outside its range, an id comes twice, or a move names no apiary.</exception>
    public SpreadField(IReadOnlyList<PlacedApiary> apiaries, IReadOnlyList<WeeklyMove> moves)
    {
        Check.Within(apiaries.Count, 1, SpreadScenario.MostApiaries, "number of apiaries");
        Check.Within(moves.Count, 0, 10 * SpreadScenario.MostApiaries, "number of moves");
        var byId = new Dictionary<string, int>(StringComparer.Ordinal);
        for (var i = 0; i < apiaries.Count; i++)
        {
            apiaries[i].Validate();
            if (!byId.TryAdd(apiaries[i].Id, i))
                throw new InputException("id of an apiary", apiaries[i].Id, "one that no other has");
        }

        Apiaries = apiaries;
        Near = new Neighbourship(apiaries);
        Keys = [.. apiaries.Select(a => DrawKey.Of(a.Id))];
        Moves = [.. moves.Select(m => (Find(byId, m.From), Find(byId, m.To), Rate(m)))];
    }

    public IReadOnlyList<PlacedApiary> Apiaries { get; }

    public Neighbourship Near { get; }

    /// <summary>Keys of the apiaries' own draws.</summary>
    public ulong[] Keys { get; }

    public IReadOnlyList<(int From, int To, double PerWeek)> Moves { get; }

    private static double Rate(WeeklyMove move)
    {
        Check.Within(move.ColoniesPerWeek, double.Epsilon, 1_000, "colonies moved a week");
        return move.ColoniesPerWeek;
    }

    private static int Find(Dictionary<string, int> byId, string id) =>
        byId.TryGetValue(id, out var found) ? found : throw new InputException("apiary of a move", id, "the id of one of the apiaries");
}
