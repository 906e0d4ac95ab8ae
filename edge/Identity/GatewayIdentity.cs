using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using IotGateway.Storage.Files;

namespace IotGateway.Edge.Identity;

/// <summary>A certificate and its private key on disk.</summary>
/// <param name="CertificateFile">PEM file of the certificate.</param>
/// <param name="KeyFile">PEM file of the key; the same file for those the gateway got by itself.</param>
/// <param name="Thing">Whose it is, as the cloud said; null for files that a person put there.</param>
/// <param name="NotBefore">When its life begins.</param>
/// <param name="NotAfter">When it ends.</param>
internal sealed record GatewayIdentity(
    string CertificateFile, string KeyFile, string? Thing, DateTimeOffset NotBefore, DateTimeOffset NotAfter)
{
    private const string ThingLine = "thingName: ";

    /// <summary>Reads what a file says; null when there is none.</summary>
    /// <exception cref="CryptographicException">The PEM cannot be read, or the key is not the certificate's.</exception>
    public static GatewayIdentity? Read(string certificateFile, string keyFile)
    {
        if (!File.Exists(certificateFile) || !File.Exists(keyFile))
            return null;
        using var certificate = PemFile.Pair(certificateFile, keyFile);
        var thing = File.ReadLines(certificateFile).TakeWhile(l => !l.StartsWith("-----", StringComparison.Ordinal))
            .FirstOrDefault(l => l.StartsWith(ThingLine, StringComparison.Ordinal))?[ThingLine.Length..];
        return new GatewayIdentity(
            certificateFile, keyFile, thing, new DateTimeOffset(certificate.NotBefore), new DateTimeOffset(certificate.NotAfter));
    }

    /// <summary>
    /// The text of one file that holds all: PEM readers pass over lines before the first block (RFC 7468 §2), so the name stands there.
    /// </summary>
    public static string Write(string thing, string certificatePem, ECDsa key) =>
        $"{ThingLine}{thing}\n{certificatePem.TrimEnd()}\n{key.ExportPkcs8PrivateKeyPem()}\n";

    /// <exception cref="CryptographicException">The PEM cannot be read, or the key is not the certificate's.</exception>
    public X509Certificate2 Load() => PemFile.Pair(CertificateFile, KeyFile);

    /// <summary>Time to renew: in the last third of its life, and no sooner than 30 days before its end.</summary>
    public DateTimeOffset RenewAt
    {
        get
        {
            var third = (NotAfter - NotBefore) / 3;
            return NotAfter - (third < TimeSpan.FromDays(30) ? third : TimeSpan.FromDays(30));
        }
    }
}
