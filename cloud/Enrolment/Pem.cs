using System.Security.Cryptography.X509Certificates;
using System.Text;

namespace IotGateway.Cloud.Enrolment;

/// <summary>Certificates and keys as PEM text (RFC 7468).</summary>
internal static class Pem
{
    public static byte[] Certificate(X509Certificate2 certificate) => Encoding.ASCII.GetBytes(certificate.ExportCertificatePem() + "\n");

    public static byte[] Key(X509Certificate2 certificate)
    {
        using var key = certificate.GetECDsaPrivateKey()!;
        return Encoding.ASCII.GetBytes(key.ExportPkcs8PrivateKeyPem() + "\n");
    }
}
