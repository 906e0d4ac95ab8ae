using System.Net;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;

namespace IotGateway.Edge.Tests.Fleet;

/// <summary>An authority of the test's own, as an operator or AWS would have one.</summary>
internal sealed class TestAuthority
{
    private readonly X509Certificate2 _own;

    public TestAuthority()
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var request = new CertificateRequest($"CN=Test CA {Guid.NewGuid():N}", key, HashAlgorithmName.SHA256);
        request.CertificateExtensions.Add(new X509BasicConstraintsExtension(true, false, 0, true));
        _own = request.CreateSelfSigned(TimeProvider.System.GetUtcNow().AddDays(-100), TimeProvider.System.GetUtcNow().AddDays(1000));
    }

    public string Pem => _own.ExportCertificatePem();

    public X509Certificate2 Certificate => _own;

    /// <summary>Signs what a request asks for, for so many days around now.</summary>
    public string Sign(string csr, int daysPast = 0, int daysLeft = 90)
    {
        var request = CertificateRequest.LoadSigningRequestPem(csr, HashAlgorithmName.SHA256);
        return Sign(request, daysPast, daysLeft).ExportCertificatePem();
    }

    /// <summary>Makes a key and a certificate for it, as one PEM text.</summary>
    public string Issue(string name, int daysPast = 0, int daysLeft = 90)
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var request = new CertificateRequest($"CN={name}", key, HashAlgorithmName.SHA256);
        var alternatives = new SubjectAlternativeNameBuilder();
        alternatives.AddIpAddress(IPAddress.Loopback);
        request.CertificateExtensions.Add(alternatives.Build());
        return Sign(request, daysPast, daysLeft).ExportCertificatePem() + "\n" + key.ExportPkcs8PrivateKeyPem() + "\n";
    }

    private X509Certificate2 Sign(CertificateRequest request, int daysPast, int daysLeft)
    {
        var now = TimeProvider.System.GetUtcNow().AddHours(-1);
        return request.Create(_own, now.AddDays(-daysPast), now.AddDays(daysLeft), RandomNumberGenerator.GetBytes(12));
    }
}
