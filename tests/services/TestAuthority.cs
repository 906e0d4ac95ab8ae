using System.Net;
using System.Numerics;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;

namespace IotGateway.Tests.Services;

/// <summary>A certificate authority of one test, with the files that a broker and its clients read.</summary>
internal sealed class TestAuthority : IDisposable
{
    private static readonly Oid Server = new("1.3.6.1.5.5.7.3.1");
    private static readonly Oid Client = new("1.3.6.1.5.5.7.3.2");

    private readonly X509Certificate2 _authority;
    private readonly string _folder;
    private int _serial;

    public TestAuthority(string folder)
    {
        _folder = Directory.CreateDirectory(folder).FullName;
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var request = new CertificateRequest("CN=test authority", key, HashAlgorithmName.SHA256);
        request.CertificateExtensions.Add(new X509BasicConstraintsExtension(true, false, 0, true));
        request.CertificateExtensions.Add(new X509KeyUsageExtension(X509KeyUsageFlags.KeyCertSign | X509KeyUsageFlags.CrlSign, true));
        request.CertificateExtensions.Add(new X509SubjectKeyIdentifierExtension(request.PublicKey, false));
        var now = TimeProvider.System.GetUtcNow();
        _authority = request.CreateSelfSigned(now.AddHours(-1), now.AddDays(7));
        File.WriteAllText(In("ca.pem"), _authority.ExportCertificatePem());
        var revoked = new CertificateRevocationListBuilder().Build(_authority, BigInteger.One, now.AddDays(7), HashAlgorithmName.SHA256);
        File.WriteAllText(In("crl.pem"), PemEncoding.WriteString("X509 CRL", revoked));
        Issue("srv", "localhost", Server);
    }

    public string In(string name) => Path.Combine(_folder, name);

    /// <summary>Writes <c>NAME.pem</c> and <c>NAME.key</c> of a client whose common name is the name.</summary>
    public X509Certificate2 IssueClient(string name) => Issue(name, name, Client);

    public void Dispose() => _authority.Dispose();

    private X509Certificate2 Issue(string file, string name, Oid usage)
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var request = new CertificateRequest($"CN={name}", key, HashAlgorithmName.SHA256);
        request.CertificateExtensions.Add(new X509BasicConstraintsExtension(false, false, 0, true));
        request.CertificateExtensions.Add(new X509KeyUsageExtension(X509KeyUsageFlags.DigitalSignature, true));
        request.CertificateExtensions.Add(new X509EnhancedKeyUsageExtension([usage], true));
        request.CertificateExtensions.Add(X509AuthorityKeyIdentifierExtension.CreateFromCertificate(_authority, true, false));
        var names = new SubjectAlternativeNameBuilder();
        names.AddIpAddress(IPAddress.Loopback);
        names.AddDnsName(name);
        request.CertificateExtensions.Add(names.Build());
        using var issued = request.Create(
            _authority, new DateTimeOffset(_authority.NotBefore), new DateTimeOffset(_authority.NotAfter), [1, (byte)++_serial]);
        File.WriteAllText(In(file + ".pem"), issued.ExportCertificatePem());
        using (var stream = new FileStream(In(file + ".key"), new FileStreamOptions
        {
            Mode = FileMode.Create,
            Access = FileAccess.Write,
            UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite,
        }))
        using (var writer = new StreamWriter(stream))
        {
            writer.Write(key.ExportPkcs8PrivateKeyPem());
        }

        return X509Certificate2.CreateFromPemFile(In(file + ".pem"), In(file + ".key"));
    }
}
