using System.Security.Cryptography.X509Certificates;
using System.Text;
using IotGateway.Storage.Files;

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

    /// <summary>Thumbprint of the certificate in a file; null when there is no file.</summary>
    /// <exception cref="FormatException">It holds none that can be read; the message names it.</exception>
    public static string? Thumbprint(string file)
    {
        if (!File.Exists(file))
            return null;
        try
        {
            using var certificate = X509CertificateLoader.LoadCertificateFromFile(file);
            return certificate.Thumbprint;
        }
        catch (Exception e) when (PemFile.IsDamage(e) || e is FileNotFoundException)
        {
            throw new FormatException($"'{file}' holds no certificate that can be read ({e.Message})", e);
        }
    }
}
