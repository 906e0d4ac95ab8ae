using LiteDB;

namespace IotGateway.Cloud.Observations.Lite.WriteOut;

/// <summary>Part of a write-out that falls to one collection; made of values nobody else holds.</summary>
/// <param name="Collection">The collection.</param>
/// <param name="New">Documents that it does not have.</param>
/// <param name="Changed">Documents that it has, or may have.</param>
/// <param name="Gone">Ids of documents to delete.</param>
internal sealed record DocumentChange(
    ILiteCollection<BsonDocument> Collection, IReadOnlyList<BsonDocument> New, IReadOnlyList<BsonDocument> Changed,
    IReadOnlyList<BsonValue> Gone)
{
    public DocumentChange(ILiteCollection<BsonDocument> collection, IReadOnlyList<BsonDocument> changed)
        : this(collection, [], changed, [])
    {
    }

    /// <summary>Makes it; within a change of the file.</summary>
    public void Write()
    {
        if (New.Count > 0)
            Collection.Insert(New);
        if (Changed.Count > 0)
            Collection.Upsert(Changed);
        foreach (var id in Gone)
            Collection.Delete(id);
    }
}
