using System.Globalization;
using System.Text;
using IotGateway.Cloud.Objects;

namespace IotGateway.Cloud.Ingest.Quarantine;

/// <summary>
/// Quarantine of a queue's messages, as received, for someone to look at:
/// <c>quarantine/received=DATE/gateway=NAME/MESSAGE.REASON.json</c>; <c>unknown</c> where the sender could not be told.
/// </summary>
internal sealed class QuarantineObjects(IObjectStore store)
{
    /// <summary>Beginning of the keys.</summary>
    public const string Prefix = "quarantine/";

    /// <summary>Keeps a message, once.</summary>
    /// <param name="message">The queue's name for it.</param>
    /// <param name="sent">When it came into the queue.</param>
    /// <param name="body">What it says.</param>
    /// <param name="gateway">Its sender; null where that could not be told.</param>
    /// <param name="reason">Why it cannot be taken.</param>
    /// <param name="cancellation">Gives up.</param>
    /// <returns>False when it was kept before: it is received again and again until it becomes a dead letter.</returns>
    public Task<bool> KeepAsync(
        string message, DateTimeOffset sent, string body, string? gateway, string reason, CancellationToken cancellation)
    {
        var id = new string([.. message.Where(c => char.IsAsciiLetterOrDigit(c) || c == '-').Take(80)]);
        var key = string.Create(
            CultureInfo.InvariantCulture,
            $"{Prefix}received={sent.UtcDateTime:yyyy-MM-dd}/gateway={gateway ?? "unknown"}/{id}.{reason}.json");
        return store.PutNewAsync(key, Encoding.UTF8.GetBytes(body), cancellation);
    }
}
