using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using System.Text;
using IotGateway.Cloud.Fleet;
using IotGateway.Tests.Services;

namespace IotGateway.Cloud.Tests.Fleet;

public sealed class SigningRequestTests
{
    [Fact]
    public void KindsOfKeysThatAreNotTakenAreRefusedByName()
    {
        foreach (var pem in new[] { Ed25519Request(), Of(ECDsa.Create(ECCurve.NamedCurves.nistP521)) })
            Assert.Throws<FormatException>(() => SigningRequest.Read(pem));
    }

    [Fact]
    public void MutatedRequestsAreReadOrRefused()
    {
        var samples = new[]
        {
            Of(ECDsa.Create(ECCurve.NamedCurves.nistP256)), Of(ECDsa.Create(ECCurve.NamedCurves.nistP384)), Ed25519Request(),
        }.Select(Encoding.ASCII.GetBytes).ToArray();
        FuzzShare.Read(Mutations.Of(samples), 1_000_000, 1_000, input => Refused(Encoding.Latin1.GetString(input)));

        // Whole PEM around broken DER.
        FuzzShare.Read(
            Mutations.Of([.. samples.Select(s => Der(Encoding.ASCII.GetString(s)))]), 1_000_000, 1_000,
            input => Refused(PemEncoding.WriteString("CERTIFICATE REQUEST", input)));
    }

    private static void Refused(string pem)
    {
        try
        {
            _ = SigningRequest.Read(pem);
        }
        catch (FormatException)
        {
            // By its own name.
        }
    }

    private static string Of(ECDsa key)
    {
        using (key)
            return new CertificateRequest(new X500DistinguishedName("CN=hill"), key, HashAlgorithmName.SHA256).CreateSigningRequestPem();
    }

    /// <summary>A request whose key's algorithm is exchanged for Ed25519's; its signature can hold for nobody.</summary>
    private static string Ed25519Request()
    {
        var info = Convert.FromHexString("302a300506032b6570032100" + new string('a', 64));
        var request = new System.Formats.Asn1.AsnWriter(System.Formats.Asn1.AsnEncodingRules.DER);
        using (request.PushSequence())
        {
            using (request.PushSequence())
            {
                request.WriteInteger(0);
                request.WriteEncodedValue(new X500DistinguishedName("CN=hill").RawData);
                request.WriteEncodedValue(info);
                request.WriteEncodedValue([0xa0, 0]);
            }

            using (request.PushSequence())
                request.WriteObjectIdentifier("1.3.101.112");
            request.WriteBitString(new byte[64]);
        }

        return PemEncoding.WriteString("CERTIFICATE REQUEST", request.Encode());
    }

    private static byte[] Der(string pem) => Convert.FromBase64String(pem[PemEncoding.Find(pem).Base64Data]);
}
