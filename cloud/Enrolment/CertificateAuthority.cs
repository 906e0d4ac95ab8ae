using System.Globalization;
using System.Net;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;

namespace IotGateway.Cloud.Enrolment;

/// <summary>Our own authority: its key never leaves the folder, and only what it signed may connect. ECDSA P-256, SHA-256.</summary>
internal sealed class CertificateAuthority
{
    public static readonly Oid ClientAuthentication = new("1.3.6.1.5.5.7.3.2");
    public static readonly Oid ServerAuthentication = new("1.3.6.1.5.5.7.3.1");

    private static readonly TimeSpan Life = TimeSpan.FromDays(20 * 365);

    /// <summary>
    /// Beginning of an authority's life: fixed, since gateways keep its certificate and would refuse it when it was made by a clock that
    /// was ahead.
    /// </summary>
    private static readonly DateTimeOffset Beginning = new(2020, 1, 1, 0, 0, 0, TimeSpan.Zero);

    private readonly TimeProvider _time;

    private CertificateAuthority(X509Certificate2 certificate, TimeProvider time)
    {
        Certificate = certificate;
        _time = time;
    }

    /// <summary>The authority's own certificate, with its key.</summary>
    public X509Certificate2 Certificate { get; }

    /// <summary>Opens the authority of a folder; makes it when there never was one.</summary>
    /// <exception cref="FormatException">Its files are damaged, missing, or do not belong together.</exception>
    public static CertificateAuthority Open(string folder, TimeProvider time)
    {
        PkiFolder.Create(folder);
        using var turn = PkiFolder.Lock(folder);
        return new CertificateAuthority(new AuthorityFiles(folder).Open(() => Make(time.GetUtcNow())), time);
    }

    /// <summary>True while the clock says that the authority's life has not begun: then one of the two is wrong.</summary>
    public bool IsToCome => _time.GetUtcNow() < new DateTimeOffset(Certificate.NotBefore);

    /// <summary>True for a certificate that this authority signed itself, whatever its period.</summary>
    public bool Signed(X509Certificate2 certificate)
    {
        using var chain = new X509Chain();
        chain.ChainPolicy.TrustMode = X509ChainTrustMode.CustomRootTrust;
        chain.ChainPolicy.CustomTrustStore.Add(Certificate);
        chain.ChainPolicy.RevocationMode = X509RevocationMode.NoCheck;
        chain.ChainPolicy.DisableCertificateDownloads = true;
        chain.ChainPolicy.VerificationFlags = X509VerificationFlags.IgnoreNotTimeValid;
        return chain.Build(certificate) && chain.ChainElements.Count == 2;
    }

    /// <summary>A server certificate for names and addresses.</summary>
    public X509Certificate2 IssueServer(IReadOnlyCollection<string> names, TimeSpan life)
    {
        var alternatives = new SubjectAlternativeNameBuilder();
        foreach (var name in names)
        {
            if (IPAddress.TryParse(name, out var address))
                alternatives.AddIpAddress(address);
            else
                alternatives.AddDnsName(name);
        }

        return Issue("IotGateway cloud", life, ServerAuthentication, alternatives.Build());
    }

    /// <summary>A client certificate whose common name is the gateway's name.</summary>
    /// <exception cref="FormatException">The clock cannot be right, and whoever asks can set it.</exception>
    public X509Certificate2 IssueClient(string gateway, TimeSpan life)
    {
        var now = _time.GetUtcNow();
        return IsToCome
            ? throw new FormatException(string.Create(
                CultureInfo.InvariantCulture,
                $"The clock reads {now.UtcDateTime:u}; expected a time after {Certificate.NotBefore.ToUniversalTime():u}, when the "
                    + $"authority begins."))
            : Issue(gateway, life, ClientAuthentication, null);
    }

    /// <summary>A client certificate for a key that someone else holds; only the name given here goes into it.</summary>
    /// <param name="name">The gateway's name.</param>
    /// <param name="key">The key to certify.</param>
    /// <param name="life">How long it is to hold.</param>
    /// <param name="earlier">
    /// The certificate by which it is asked for. The life begins by the present clock and is counted from the later of that and the earlier
    /// one's beginning: it holds whichever of the two was made by a clock that was wrong.
    /// </param>
    public X509Certificate2 Sign(string name, PublicKey key, TimeSpan life, X509Certificate2 earlier) =>
        Sign(name, key, life, ClientAuthentication, null, new DateTimeOffset(earlier.NotBefore));

    private X509Certificate2 Issue(string name, TimeSpan life, Oid usage, X509Extension? extension)
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        using var issued = Sign(name, new PublicKey(key), life, usage, extension, new DateTimeOffset(Certificate.NotBefore));
        return issued.CopyWithPrivateKey(key);
    }

    private X509Certificate2 Sign(
        string name, PublicKey key, TimeSpan life, Oid usage, X509Extension? extension, DateTimeOffset earlier)
    {
        var request = new CertificateRequest(Subject(name), key, HashAlgorithmName.SHA256);
        request.CertificateExtensions.Add(new X509BasicConstraintsExtension(false, false, 0, true));
        request.CertificateExtensions.Add(new X509KeyUsageExtension(X509KeyUsageFlags.DigitalSignature, true));
        request.CertificateExtensions.Add(new X509EnhancedKeyUsageExtension([usage], true));
        request.CertificateExtensions.Add(X509AuthorityKeyIdentifierExtension.CreateFromCertificate(Certificate, true, false));
        if (extension is not null)
            request.CertificateExtensions.Add(extension);

        // An hour back: a Raspberry Pi has no clock of its own and may be a little behind.
        var from = _time.GetUtcNow().AddHours(-1);
        var until = (from > earlier ? from : earlier) + life;
        var end = new DateTimeOffset(Certificate.NotAfter);
        if (from >= end)
            throw new FormatException(string.Create(
                CultureInfo.InvariantCulture,
                $"The clock reads {_time.GetUtcNow().UtcDateTime:u}; expected a time before {end.UtcDateTime:u}, when the authority "
                    + $"ends."));
        if (until > end)
            until = end;
        using var own = Certificate.GetECDsaPrivateKey()!;
        return request.Create(Certificate.SubjectName, X509SignatureGenerator.CreateForECDsa(own), from, until, SerialNumber());
    }

    private static X509Certificate2 Make(DateTimeOffset now)
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var request = new CertificateRequest(
            Subject($"IotGateway CA {Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(4))}"), key, HashAlgorithmName.SHA256);
        request.CertificateExtensions.Add(new X509BasicConstraintsExtension(true, true, 0, true));
        request.CertificateExtensions.Add(new X509KeyUsageExtension(X509KeyUsageFlags.KeyCertSign | X509KeyUsageFlags.CrlSign, true));
        request.CertificateExtensions.Add(new X509SubjectKeyIdentifierExtension(request.PublicKey, false));
        return request.CreateSelfSigned(Beginning, (now > Beginning ? now : Beginning) + Life);
    }

    private static X500DistinguishedName Subject(string name)
    {
        var subject = new X500DistinguishedNameBuilder();
        subject.AddCommonName(name);
        return subject.Build();
    }

    private static byte[] SerialNumber()
    {
        var serial = RandomNumberGenerator.GetBytes(16);
        serial[0] = (byte)((serial[0] & 0x7f) | 0x40);
        return serial;
    }
}
