namespace IotGateway.Edge.Objects;

/// <summary>
/// The order in which objects go: urgent ones in the order they came; then by turns the newest and the oldest, so that what is live
/// does not wait behind a backlog.
/// </summary>
internal static class SendOrder
{
    public static StoredObject? Next(IReadOnlyCollection<StoredObject> waiting, bool newest)
    {
        var urgent = waiting.Where(o => o.Label.Urgent).MinBy(o => (o.AddedAt, o.Id));
        if (urgent is not null)
            return urgent;
        return newest ? waiting.MaxBy(o => (o.AddedAt, o.Id)) : waiting.MinBy(o => (o.AddedAt, o.Id));
    }
}
