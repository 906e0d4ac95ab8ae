using System.Formats.Asn1;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using IotGateway.Storage.Files;

namespace IotGateway.Cloud.Enrolment;

/// <summary>
/// Certificate and key of the authority on disk. They are made once, where nothing speaks of an earlier authority: all that was ever
/// enrolled is foreign to another one, so half of the pair, or none beside what it issued, is refused.
/// </summary>
internal sealed class AuthorityFiles(string folder)
{
    private const string Advice =
        "put back the files of the backup (each gateway has a copy of ca.pem), or take the whole folder away to begin with a new "
            + "authority, by which every gateway is to be enrolled again";

    private readonly string _certificate = Path.Combine(folder, "ca.pem");
    private readonly string _key = Path.Combine(folder, "ca.key");

    /// <summary>The certificate until its key is on disk, so that a crash between the two leaves what can be finished.</summary>
    private readonly string _unfinished = Path.Combine(folder, ".ca.pem.new");

    /// <summary>The pair that stands; where there never was one, the one that is made.</summary>
    /// <exception cref="FormatException">It is damaged, incomplete, or missing beside what it issued.</exception>
    public X509Certificate2 Open(Func<X509Certificate2> make)
    {
        if (!Stands(_certificate) && Stands(_key) && IsPair(_unfinished))
            DurableFile.Move(_unfinished, _certificate);
        var (certificate, key) = (Stands(_certificate), Stands(_key));
        if (certificate != key)
            throw new FormatException(
                $"Of the authority '{(key ? _certificate : _key)}' is missing while '{(key ? _key : _certificate)}' is there; expected "
                    + $"both: {Advice}.");
        if (!certificate)
        {
            if (Issued() is { } issued)
                throw new FormatException(
                    $"The authority '{_certificate}' with '{_key}' is missing, but there is '{issued}', which it issued; expected both: "
                        + $"{Advice}.");
            using var made = make();
            DurableFile.Write(_unfinished, Pem.Certificate(made));
            DurableFile.Write(_key, Pem.Key(made));
            DurableFile.Move(_unfinished, _certificate);
        }

        return Read(_certificate);
    }

    /// <summary>True for a name that is taken, also by a link that leads nowhere (yet).</summary>
    private static bool Stands(string path) => Path.Exists(path) || new FileInfo(path).LinkTarget is not null;

    private string? Issued() =>
        Directory.EnumerateFiles(folder, "*.pem", new EnumerationOptions { RecurseSubdirectories = true, MaxRecursionDepth = 1 })
            .FirstOrDefault();

    private bool IsPair(string certificate)
    {
        if (!File.Exists(certificate))
            return false;
        try
        {
            Read(certificate).Dispose();
            return true;
        }
        catch (FormatException)
        {
            return false;
        }
    }

    private X509Certificate2 Read(string certificate)
    {
        try
        {
            var pair = PemFile.Pair(certificate, _key);
            using var ecdsa = pair.GetECDsaPrivateKey();
            if (ecdsa is null || !pair.Extensions.OfType<X509BasicConstraintsExtension>().Any(e => e.CertificateAuthority))
                throw new CryptographicException("it is no authority with an ECDSA key");
            if (!pair.Extensions.OfType<X509SubjectKeyIdentifierExtension>().Any())
                throw new CryptographicException("it has no identifier of its key, by which those that it signs name it");
            return IsWhole(pair, ecdsa) ? pair : throw new CryptographicException("it is not as it was signed");
        }
        catch (Exception e) when (e is CryptographicException or AsnContentException || e.IsFromDisk())
        {
            throw new FormatException(
                $"The authority is '{certificate}' with '{_key}'; expected a certificate and its key ({e.Message}).", e);
        }
    }

    /// <summary>
    /// True where the certificate signed itself and the signature holds: of a root nobody else looks at it, and a flipped bit may be its
    /// name or its end.
    /// </summary>
    private static bool IsWhole(X509Certificate2 certificate, ECDsa own)
    {
        var parts = new AsnReader(certificate.RawData, AsnEncodingRules.DER).ReadSequence();
        var signed = parts.ReadEncodedValue();
        var algorithm = parts.ReadSequence().ReadObjectIdentifier() switch
        {
            "1.2.840.10045.4.3.2" => HashAlgorithmName.SHA256,
            "1.2.840.10045.4.3.3" => HashAlgorithmName.SHA384,
            "1.2.840.10045.4.3.4" => HashAlgorithmName.SHA512,
            var other => throw new CryptographicException($"it is signed by {other}; expected ECDSA with SHA-256, SHA-384 or SHA-512"),
        };
        var signature = parts.ReadBitString(out var unused);
        return unused == 0 && own.VerifyData(signed.Span, signature, algorithm, DSASignatureFormat.Rfc3279DerSequence);
    }
}
