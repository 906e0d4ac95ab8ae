namespace IotGateway.Cloud.Objects;

/// <summary>
/// Store of objects: a folder, or an S3 bucket. A key is a path of parts joined by <c>/</c>, each of letters, digits and
/// <c>- _ . =</c>. An object is whole or absent, also after a crash.
/// </summary>
internal interface IObjectStore
{
    /// <summary>Writes an object where there is none; durable once it returns.</summary>
    /// <returns>False when there is one; it stays as it is.</returns>
    Task<bool> PutNewAsync(string key, ReadOnlyMemory<byte> bytes, CancellationToken cancellation);

    /// <summary>Writes an object, in place of the one that may be there; durable once it returns.</summary>
    Task PutAsync(string key, ReadOnlyMemory<byte> bytes, CancellationToken cancellation);

    /// <summary>An object's bytes; null when there is none.</summary>
    Task<byte[]?> GetAsync(string key, CancellationToken cancellation);

    /// <summary>The objects whose keys begin with <paramref name="prefix"/>, ascending by key (ordinal).</summary>
    IAsyncEnumerable<LakeObject> ListAsync(string prefix, CancellationToken cancellation);

    /// <summary>Deletes an object; one that is not there is no error.</summary>
    Task DeleteAsync(string key, CancellationToken cancellation);

    /// <summary>True when what is replaced or deleted stays as an older version, or did once.</summary>
    Task<bool> KeepsVersionsAsync(CancellationToken cancellation);
}

/// <summary>An object's key and size.</summary>
internal readonly record struct LakeObject(string Key, long Bytes);
