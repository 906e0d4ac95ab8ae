using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;

namespace IotGateway.Cloud.Fleet;

/// <summary>
/// A certificate signing request (PKCS #10, RFC 2986) that may be signed: its own signature holds and its key is strong enough.
/// </summary>
/// <param name="CommonName">The name it asks for; empty when it names none.</param>
/// <param name="Key">The key to certify.</param>
internal sealed record SigningRequest(string CommonName, PublicKey Key)
{
    private const int MaxCharacters = 8 * 1024;
    private const int LeastRsaBits = 2048;
    private const int MostRsaBits = 4096;
    private static readonly string[] Curves = ["1.2.840.10045.3.1.7", "1.3.132.0.34"];

    /// <exception cref="FormatException">It cannot be signed; the message says why.</exception>
    public static SigningRequest Read(string? pem)
    {
        if (pem is not { Length: > 0 and <= MaxCharacters })
            throw new FormatException($"certificateSigningRequest is absent or longer than {MaxCharacters} characters.");
        try
        {
            // Checks the signature, by which the requester shows that it holds the key; asked-for extensions are left out.
            var request = CertificateRequest.LoadSigningRequestPem(pem, HashAlgorithmName.SHA256);
            if (!IsStrong(request.PublicKey))
                throw new FormatException(
                    $"The request's key is too weak or of a kind that is not taken: expected ECDSA P-256 or P-384, or RSA of "
                        + $"{LeastRsaBits} to {MostRsaBits} bits.");
            var name = request.SubjectName
                .EnumerateRelativeDistinguishedNames()
                .FirstOrDefault(n => !n.HasMultipleElements && n.GetSingleElementType().Value == "2.5.4.3");
            return new SigningRequest(name?.GetSingleElementValue() ?? "", request.PublicKey);
        }
        catch (Exception e) when (e is not (FormatException or OutOfMemoryException))
        {
            // The platform's reader knows many kinds of keys and has many ways to say no, NotSupportedException for Ed25519 among them.
            throw new FormatException($"The certificate signing request cannot be read, or its signature does not hold ({e.Message})", e);
        }
    }

    private static bool IsStrong(PublicKey key)
    {
        if (key.GetRSAPublicKey() is { } rsa)
        {
            using (rsa)
                return rsa.KeySize is >= LeastRsaBits and <= MostRsaBits;
        }

        using var ecdsa = key.GetECDsaPublicKey();
        return ecdsa?.ExportParameters(false).Curve is { IsNamed: true } curve && Curves.Contains(curve.Oid.Value);
    }
}
