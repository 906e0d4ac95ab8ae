using System.Globalization;
using System.Text;
using IotGateway.Cloud.Objects;

namespace IotGateway.Cloud.Ingest.Queue;

/// <summary>
/// Messages that were not taken, as received, for someone to look at:
/// <c>refused/received=DATE/gateway=NAME/MESSAGE.REASON.json</c>; <c>unknown</c> where the sender could not be told.
/// </summary>
internal sealed class RefusedObjects(IObjectStore store)
{
    /// <summary>Keeps a message, once.</summary>
    /// <returns>False when it was kept before: it is received again and again until it becomes a dead letter.</returns>
    public Task<bool> KeepAsync(Received message, string? gateway, string reason, CancellationToken cancellation)
    {
        var id = new string([.. message.Id.Where(c => char.IsAsciiLetterOrDigit(c) || c == '-').Take(80)]);
        var key = string.Create(CultureInfo.InvariantCulture, $"refused/received={message.Sent.UtcDateTime:yyyy-MM-dd}/gateway={gateway ?? "unknown"}/{id}.{reason}.json");
        return store.PutNewAsync(key, Encoding.UTF8.GetBytes(message.Body), cancellation);
    }
}
