using IotGateway.Edge.Forwarding.Cloud;
using IotGateway.Edge.Identity;

namespace IotGateway.Edge.Fleet;

/// <summary>
/// Orders a new certificate over the gateway's own connection when the end of the present one is near, then lets it be tried.
/// </summary>
internal sealed class Renewal(CertificateOrder order, IdentityFolder identities, FleetStatus book, TimeProvider time, ILogger<Renewal> log)
    : ICloudTopics
{
    private static readonly TimeSpan LookAgain = TimeSpan.FromHours(1);

    private DateTimeOffset _notBefore;

    public IReadOnlyList<string> Topics => order.Topics;

    public async Task RunAsync(CloudLink link, CancellationToken connection)
    {
        while (true)
        {
            // Looked at every hour, since the wall clock may jump.
            var now = time.GetUtcNow();
            if (identities.Current is not { } current || now < current.RenewAt || now < _notBefore)
            {
                var due = identities.Current is { } used && used.RenewAt > _notBefore ? used.RenewAt : _notBefore;
                var wait = due - now;
                await Task.Delay(wait > TimeSpan.Zero && wait < LookAgain ? wait : LookAgain, time, connection);
                continue;
            }

            _notBefore = now + (LookAgain * (1 + Random.Shared.NextDouble()));
            try
            {
                var renewed = (await order.RunAsync(link, connection)).Identity;
                book.Note($"a certificate until {renewed.NotAfter:yyyy-MM-dd} was ordered in time and is tried");
                log.Renewed(renewed.NotAfter);
                link.Reconnect("the renewed certificate is tried");
                return;
            }
            catch (Exception e) when (e is CloudRefusedException or TimeoutException)
            {
                book.Note($"not renewed: {e.Message}");
                log.NotRenewed(current.NotAfter, e.Message);
            }
        }
    }
}
