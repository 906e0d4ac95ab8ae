using System.Security.Cryptography;
using Amazon.Runtime;
using IotGateway.Aws;

namespace IotGateway.Edge.Objects.Sending;

/// <summary>The outcome of sending an object.</summary>
internal enum SendResult
{
    /// <summary>The store has it, checked; it is gone from the outbox.</summary>
    Stored,

    /// <summary>It was set aside with its reason.</summary>
    Refused,

    /// <summary>It lets an urgent one go first, between two parts.</summary>
    Yielded,
}

/// <summary>
/// Sends one object so that it may be tried again at any point: under a key that follows from its content, never over another, and gone
/// from the outbox only after the store was asked what lies there.
/// </summary>
internal sealed class ObjectSender(string gateway, ObjectOptions options, ObjectOutbox outbox, ObjectStore store, ILogger log)
{
    /// <summary>Of a part, and the most that is sent in one request.</summary>
    public const int PartBytes = 8 << 20;

    private readonly byte[] _part = new byte[PartBytes];

    /// <summary>The object whose content was last read and matched its SHA-256.</summary>
    private string? _checked;

    /// <exception cref="Exception">Whatever <see cref="AwsFault"/> judges; the object waits on.</exception>
    public async Task<SendResult> SendAsync(StoredObject o, CancellationToken cancellation)
    {
        var key = ObjectKey.Of(options.Prefix, gateway, o.Label, o.Sha256);
        try
        {
            await using var content = outbox.OpenContent(o);
            if (!string.Equals(_checked, o.Id, StringComparison.Ordinal))
            {
                if (!Convert.ToHexStringLower(await SHA256.HashDataAsync(content, cancellation)).Equals(o.Sha256, StringComparison.Ordinal))
                    return Refuse(o, "its content does not match its SHA-256 any more");
                _checked = o.Id;
            }

            if (o.Bytes > PartBytes)
            {
                if (!await SendPartsAsync(key, o, content, cancellation))
                    return SendResult.Yielded;
            }
            else
            {
                await SendWholeAsync(key, o, content, cancellation);
            }

            var (bytes, sha256) = await store.HeadAsync(key, cancellation);
            if (bytes != o.Bytes || !string.Equals(sha256, o.Sha256, StringComparison.Ordinal))
                return Refuse(o, $"another object lies under {key} in {store.Target}: {bytes} bytes, SHA-256 {sha256 ?? "not named"}");
        }
        catch (FileNotFoundException)
        {
            return Refuse(o, "its content is gone");
        }
        catch (AmazonServiceException e) when (AwsFault.Of(e) is { Kind: AwsFaultKind.TooLarge } fault)
        {
            return Refuse(o, fault.Reason);
        }

        outbox.Sent(o);
        log.ObjectSent(key, o.Bytes);
        return SendResult.Stored;
    }

    /// <summary>Aborts the uploads of objects that are no longer to be sent.</summary>
    public async Task AbortAbandonedAsync(CancellationToken cancellation)
    {
        foreach (var left in outbox.Abandoned)
        {
            if (string.Equals(left.Upload!.Target, store.Target, StringComparison.Ordinal))
                await AbortAsync(left.Upload, cancellation);
            outbox.Forget(left);
        }
    }

    private async Task SendWholeAsync(string key, StoredObject o, FileStream content, CancellationToken cancellation)
    {
        var count = await ReadPartAsync(content, 1, cancellation);
        try
        {
            await store.PutAsync(key, o, _part, count, cancellation);
        }
        catch (AmazonServiceException e) when (AwsFault.Of(e)?.Kind == AwsFaultKind.Exists)
        {
            // An earlier try, or another uploader, was first; the HEAD says whether it is ours.
        }
    }

    /// <summary>False when it stopped between two parts for an urgent object.</summary>
    private async Task<bool> SendPartsAsync(string key, StoredObject o, FileStream content, CancellationToken cancellation)
    {
        var all = (int)((o.Bytes + PartBytes - 1) / PartBytes);
        var upload = await ResumeAsync(key, o, content, all, cancellation);
        if (upload is null)
        {
            if (await IsThereAsync(key, o, cancellation))
                return true;
            upload = new MultipartUpload(store.Target, key, await store.BeginAsync(key, o, cancellation), []);
            o = outbox.Save(o with { Upload = upload });
        }

        for (var number = upload.ETags.Count + 1; number <= all; number++)
        {
            if (!o.Label.Urgent && outbox.UrgentWaits())
                return false;
            var count = await ReadPartAsync(content, number, cancellation);
            var tag = await store.PutPartAsync(upload, number, _part, count, cancellation);
            upload = upload with { ETags = [.. upload.ETags, tag] };
            o = outbox.Save(o with { Upload = upload });
        }

        try
        {
            await store.CompleteAsync(upload, cancellation);
        }
        catch (AmazonServiceException e) when (AwsFault.Of(e)?.Kind == AwsFaultKind.Exists)
        {
            await AbortAsync(upload, cancellation);
        }
        catch (AmazonServiceException e) when (AwsFault.Of(e)?.Kind == AwsFaultKind.UploadGone)
        {
            // Completed before, and the answer was lost; or aborted by someone: the HEAD tells, and if nothing is there it begins anew.
            outbox.Save(o with { Upload = null });
        }

        return true;
    }

    /// <summary>
    /// The upload that an earlier run began, with the parts that the store really has: those the sidecar names, and those that were sent
    /// but not noted before a crash, recognised by their MD5. Null when there is none to go on with.
    /// </summary>
    private async Task<MultipartUpload?> ResumeAsync(
        string key, StoredObject o, FileStream content, int all, CancellationToken cancellation)
    {
        if (o.Upload is not { } upload)
            return null;
        if (!string.Equals(upload.Target, store.Target, StringComparison.Ordinal))
            return null;
        if (!string.Equals(upload.Key, key, StringComparison.Ordinal))
        {
            await AbortAsync(upload, cancellation);
            return null;
        }

        Dictionary<int, (string ETag, long Bytes)> there;
        try
        {
            there = await store.PartsAsync(upload, cancellation);
        }
        catch (AmazonServiceException e) when (AwsFault.Of(e)?.Kind is AwsFaultKind.UploadGone or AwsFaultKind.Absent)
        {
            return null;
        }

        var tags = new List<string>();
        for (var number = 1; number <= all && there.TryGetValue(number, out var part); number++)
        {
            var noted = number <= upload.ETags.Count && Same(upload.ETags[number - 1], part.ETag)
                && part.Bytes == Math.Min(PartBytes, o.Bytes - ((number - 1L) * PartBytes));
            if (!noted && !Same(await TagAsync(content, number, cancellation), part.ETag))
                break;
            tags.Add(part.ETag);
        }

        log.Resumed(key, tags.Count, all);
        return upload with { ETags = tags };
    }

    private async Task<string> TagAsync(FileStream content, int number, CancellationToken cancellation) =>
        Convert.ToHexStringLower(Convert.FromBase64String(ObjectStore.Md5(_part, await ReadPartAsync(content, number, cancellation))));

    /// <summary>
    /// Spares sending what is there. A policy without s3:ListBucket answers 403 for an absent key: then it is not known, and sent.
    /// </summary>
    private async Task<bool> IsThereAsync(string key, StoredObject o, CancellationToken cancellation)
    {
        try
        {
            return (await store.HeadAsync(key, cancellation)).Bytes == o.Bytes;
        }
        catch (AmazonServiceException e)
            when (AwsFault.Of(e)?.Kind is AwsFaultKind.Absent || e.StatusCode == System.Net.HttpStatusCode.Forbidden)
        {
            return false;
        }
    }

    private async Task AbortAsync(MultipartUpload upload, CancellationToken cancellation)
    {
        try
        {
            await store.AbortAsync(upload, cancellation);
        }
        catch (AmazonServiceException e) when (AwsFault.Of(e)?.Kind is AwsFaultKind.UploadGone or AwsFaultKind.Absent)
        {
            // Gone is what was wanted.
        }
    }

    private async Task<int> ReadPartAsync(FileStream content, int number, CancellationToken cancellation)
    {
        content.Position = (number - 1L) * PartBytes;
        return await content.ReadAtLeastAsync(_part, _part.Length, throwOnEndOfStream: false, cancellation);
    }

    private SendResult Refuse(StoredObject o, string reason)
    {
        outbox.Refuse(o, reason);
        return SendResult.Refused;
    }

    private static bool Same(string one, string other) => one.Trim('"').Equals(other.Trim('"'), StringComparison.OrdinalIgnoreCase);
}
