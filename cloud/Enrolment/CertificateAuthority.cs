using System.Net;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using IotGateway.Storage.Files;

namespace IotGateway.Cloud.Enrolment;

/// <summary>Our own authority: its key never leaves the folder, and only what it signed may connect. ECDSA P-256, SHA-256.</summary>
internal sealed class CertificateAuthority
{
    public static readonly Oid ClientAuthentication = new("1.3.6.1.5.5.7.3.2");
    public static readonly Oid ServerAuthentication = new("1.3.6.1.5.5.7.3.1");

    private static readonly TimeSpan Life = TimeSpan.FromDays(20 * 365);

    private readonly TimeProvider _time;

    private CertificateAuthority(X509Certificate2 certificate, TimeProvider time)
    {
        Certificate = certificate;
        _time = time;
    }

    /// <summary>The authority's own certificate, with its key.</summary>
    public X509Certificate2 Certificate { get; }

    /// <summary>Opens the authority of a folder; makes it when there is none.</summary>
    /// <exception cref="FormatException">Its files are damaged, or do not belong together.</exception>
    public static CertificateAuthority Open(string folder, TimeProvider time)
    {
        PkiFolder.Create(folder);
        using var turn = PkiFolder.Lock(folder);
        string certificate = Path.Combine(folder, "ca.pem"), key = Path.Combine(folder, "ca.key");
        if (!File.Exists(certificate))
        {
            using var made = Make(time.GetUtcNow());

            // The key first: a certificate on disk means that its key is there.
            DurableFile.Write(key, Pem.Key(made));
            DurableFile.Write(certificate, Pem.Certificate(made));
        }

        try
        {
            return new CertificateAuthority(X509Certificate2.CreateFromPemFile(certificate, key), time);
        }
        catch (Exception e) when (e is CryptographicException or ArgumentException or FileNotFoundException)
        {
            throw new FormatException(
                $"The authority is '{certificate}' with '{key}'; expected a certificate and its key ({e.Message}).", e);
        }
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
    public X509Certificate2 IssueClient(string gateway, TimeSpan life) => Issue(gateway, life, ClientAuthentication, null);

    /// <summary>A client certificate for a key that someone else holds; only the name given here goes into it.</summary>
    public X509Certificate2 Sign(string name, PublicKey key, TimeSpan life) => Sign(name, key, life, ClientAuthentication, null);

    private X509Certificate2 Issue(string name, TimeSpan life, Oid usage, X509Extension? extension)
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        using var issued = Sign(name, new PublicKey(key), life, usage, extension);
        return issued.CopyWithPrivateKey(key);
    }

    private X509Certificate2 Sign(string name, PublicKey key, TimeSpan life, Oid usage, X509Extension? extension)
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
        var until = from + life;
        var end = new DateTimeOffset(Certificate.NotAfter);
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
        return request.CreateSelfSigned(now.AddHours(-1), now + Life);
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
