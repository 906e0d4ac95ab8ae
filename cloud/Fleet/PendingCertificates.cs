using System.Buffers.Text;
using System.Diagnostics.CodeAnalysis;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;

namespace IotGateway.Cloud.Fleet;

/// <summary>Certificate that was signed and waits for the second request, by a token that its owner alone knows.</summary>
/// <param name="Owner">Thumbprint of the certificate by which it was asked for.</param>
/// <param name="Gateway">The name it is for.</param>
/// <param name="Certificate">The certificate.</param>
/// <param name="At">When it was signed, by the monotonic clock.</param>
internal sealed record PendingCertificate(string Owner, string Gateway, X509Certificate2 Certificate, long At);

/// <summary>
/// Certificates that wait for their second request; bounded in all and for each owner. Claims and renewals have a table each, so that a
/// claim cannot fill the gateways'.
/// </summary>
/// <param name="most">Certificates in all.</param>
/// <param name="mostEach">Certificates of one owner.</param>
/// <param name="life">How long one waits.</param>
/// <param name="time">The clock.</param>
internal sealed class PendingCertificates(int most, int mostEach, TimeSpan life, TimeProvider time)
{
    private readonly Lock _gate = new();
    private readonly Dictionary<string, PendingCertificate> _byToken = new(StringComparer.Ordinal);

    /// <returns>The token; null when too many wait.</returns>
    public string? Add(string owner, string gateway, X509Certificate2 certificate)
    {
        lock (_gate)
        {
            Forget();
            if (_byToken.Count >= most || _byToken.Values.Count(p => p.Owner == owner) >= mostEach)
                return null;
            var token = Base64Url.EncodeToString(RandomNumberGenerator.GetBytes(32));
            _byToken[token] = new PendingCertificate(owner, gateway, certificate, time.GetTimestamp());
            return token;
        }
    }

    /// <summary>Takes what an owner's token stands for, once.</summary>
    public bool TryTake(string? token, string owner, [NotNullWhen(true)] out PendingCertificate? pending)
    {
        lock (_gate)
        {
            Forget();
            pending = null;
            return token is not null && _byToken.TryGetValue(token, out pending) && pending.Owner == owner && _byToken.Remove(token);
        }
    }

    private void Forget()
    {
        foreach (var token in _byToken.Where(p => time.GetElapsedTime(p.Value.At) > life).Select(p => p.Key).ToArray())
            _byToken.Remove(token);
    }
}
