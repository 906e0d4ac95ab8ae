using System.Net;
using System.Net.Security;
using System.Security.Authentication;
using System.Security.Cryptography.X509Certificates;
using IotGateway.Cloud.Enrolment;

namespace IotGateway.Cloud.Ingest.Broker;

/// <summary>The handshake by which a client shows its certificate, and is let in or refused by a reason's name.</summary>
internal sealed class TlsHandshake(ServerCertificate certificate, ClientCheck check, RefusalLog refusals, TimeProvider time)
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(8);

    /// <summary>Has the broker's certificate at hand before the first client comes.</summary>
    public void Prepare() => _ = certificate.Current();

    /// <summary>The client's certificate; null when it was refused, which is counted and logged.</summary>
    public async Task<X509Certificate2?> RunAsync(SslStream tls, EndPoint? remote, CancellationToken lost, CancellationToken stop)
    {
        CertificateRefusal? refusal = null;
        var shown = certificate.Current();
        using var patience = new CancellationTokenSource(Patience, time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(stop, lost, patience.Token);
        try
        {
            await tls.AuthenticateAsServerAsync(
                new SslServerAuthenticationOptions
                {
                    ServerCertificateContext = shown,
                    ClientCertificateRequired = true,
                    EnabledSslProtocols = SslProtocols.Tls12 | SslProtocols.Tls13,
                    AllowTlsResume = false,
                    AllowRenegotiation = false,
                    CertificateChainPolicy = new X509ChainPolicy
                    {
                        DisableCertificateDownloads = true,
                        RevocationMode = X509RevocationMode.NoCheck,
                    },
                    RemoteCertificateValidationCallback = (_, clients, _, _) =>
                    {
                        refusal = check.Refuse(clients as X509Certificate2);
                        return refusal is null;
                    },
                },
                either.Token);
            return (X509Certificate2?)tls.RemoteCertificate;
        }
        catch (Exception e) when (e is not OutOfMemoryException)
        {
            // What strangers send is their fault, whichever of its exceptions the platform's reader has for it.
            var unfinished = lost.IsCancellationRequested ? "too_many_connections"
                : patience.IsCancellationRequested ? "handshake_timeout" : "tls_failed";
            if (!stop.IsCancellationRequested)
                refusals.Refuse(refusal?.Reason ?? unfinished, remote, refusal?.Detail ?? e.Message);
            return null;
        }
    }
}
