using IotGateway.Cloud.Erasure;
using IotGateway.Cloud.Lake.Curated.Partitions;
using IotGateway.Cloud.Objects;

namespace IotGateway.Cloud.Lake.Retention;

/// <summary>
/// Retention of curated partitions, by their date. A partition goes by a version without files, so that a transform that adds to it at the
/// same time begins from that one; its files go with the next sweep.
/// </summary>
internal sealed class CuratedRetention(IObjectStore store, TimeProvider time) : IRetained
{
    private readonly Manifests _manifests = new(store);

    public string Word => "curated";

    public string Noun => "partitions";

    public Origins Origin => Origins.Readings;

    public async Task<(long Gone, long Stay)> LetGoAsync(
        DateTimeOffset before, bool apply, Action<string> list, CancellationToken cancellation)
    {
        var (gone, first) = (0L, DateOnly.FromDateTime(before.UtcDateTime));
        await foreach (var m in _manifests.NewestOfAllAsync(u => list($"stays, whatever its day: {u}"), cancellation))
        {
            if (m.Date >= first || m.Files.Count == 0)
                continue;
            list(m.Partition.ToString());
            gone++;
            var next = m with
            {
                Version = m.Version + 1,
                Created = time.GetUtcNow(),
                Rows = 0,
                Readings = 0,
                Duplicates = 0,
                Conflicts = 0,
                Files = [],
            };
            if (apply && await _manifests.PublishAsync(next, cancellation))
                await store.DeleteAsync(m.Partition.Symlink, cancellation);
        }

        return (gone, 0);
    }
}
