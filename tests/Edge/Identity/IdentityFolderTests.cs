using System.Security.Cryptography;
using IotGateway.Edge.Identity;
using IotGateway.Edge.Tests.Fleet;

namespace IotGateway.Edge.Tests.Identity;

/// <summary>Ends the process, in effect, after each step of getting a certificate: what is opened anew has a whole identity.</summary>
public sealed class IdentityFolderTests : IDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("identity-");
    private readonly TestAuthority _authority = new();

    public void Dispose() => _folder.Delete(recursive: true);

    [Fact]
    public void AnEndBeforeTheCandidateIsKeptLeavesTheOldOne()
    {
        var old = Kept(daysPast: 60);
        File.WriteAllText(Path.Combine(_folder.FullName, "next-0123.pem.part"), "thingName: hill\n-----BEGIN CERT");

        var opened = Open();
        Assert.Equal(old.NotAfter, opened.Choose()!.NotAfter);
        Assert.Empty(opened.Candidates());
    }

    [Fact]
    public void AnEndAfterKeepingTheCandidateLeavesBoth()
    {
        var old = Kept(daysPast: 60);
        var next = Add(Open(), 0);

        var opened = Open();
        Assert.Equal(next.NotAfter, opened.Choose()!.NotAfter);
        opened.Failed();
        Assert.Equal(old.NotAfter, opened.Choose()!.NotAfter);
        opened.Failed();
        Assert.Equal(next.NotAfter, opened.Choose()!.NotAfter);
    }

    [Fact]
    public void AnEndAfterTheRenamingLeavesTheNewIdentity()
    {
        Kept(daysPast: 60);
        var folder = Open();
        var next = Add(folder, 0);
        var other = Add(folder, 1);
        File.Move(next.CertificateFile, Path.Combine(_folder.FullName, "gateway.pem"), overwrite: true);

        var opened = Open();
        Assert.Equal(next.NotAfter, opened.Current!.NotAfter);
        Assert.Equal(other.NotAfter, Assert.Single(opened.Candidates()).NotAfter);
        opened.Keep(opened.Current);
        Assert.Empty(opened.Candidates());
        Assert.Equal(next.NotAfter, Open().Current!.NotAfter);
        using var usable = opened.Current.Load();
        Assert.True(usable.HasPrivateKey);
    }

    [Theory]
    [InlineData("next-0123.pem")]
    [InlineData("gateway.pem")]
    public void AKeyOfACurveThatThisPlatformDoesNotHaveIsADamagedKey(string name)
    {
        var old = Kept(daysPast: 60);
        var file = Path.Combine(_folder.FullName, name);
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var bytes = key.ExportPkcs8PrivateKey();
        byte[] curve = [0x06, 0x08, 0x2A, 0x86, 0x48, 0xCE, 0x3D, 0x03, 0x01, 0x07];
        bytes[bytes.AsSpan().IndexOf(curve) + 2] = 0x0A;
        var certificate = File.ReadAllText(old.CertificateFile).Split("-----BEGIN PRIVATE KEY-----")[0];
        File.WriteAllText(file, certificate + PemEncoding.WriteString("PRIVATE KEY", bytes));

        if (name == "gateway.pem")
            Assert.Contains(file, Assert.Throws<CryptographicException>(() => Open()).Message, StringComparison.Ordinal);
        else
            Assert.Equal(old.NotAfter, Open().Choose()!.NotAfter);
    }

    [Fact]
    public void ACandidateIsKeptHoweverTheFolderIsWritten()
    {
        var folder = new IdentityFolder(_folder.Parent!.FullName + "//" + _folder.Name + "/.", "", "", mayClaim: true);
        var candidate = Add(folder, 0);

        folder.Keep(folder.Choose()!);

        Assert.Equal(candidate.NotAfter, Open().Current?.NotAfter);
    }

    [Fact]
    public void ADamagedCandidateLeavesTheOldOneItsTurn()
    {
        var old = Kept(daysPast: 60);
        File.WriteAllText(
            Path.Combine(_folder.FullName, "next-0123.pem"),
            "thingName: hill\n-----BEGIN CERTIFICATE-----\nAAAA\n-----END CERTIFICATE-----\n");

        Assert.Equal(old.NotAfter, Open().Choose()!.NotAfter);
    }

    [Fact]
    public void AConfiguredCertificateInTheSameFolderStaysWithItsKey()
    {
        var (certificate, key) = (Path.Combine(_folder.FullName, "enrolled.crt"), Path.Combine(_folder.FullName, "enrolled.key"));
        var both = _authority.Issue("hill", daysPast: 30);
        File.WriteAllText(certificate, both);
        File.WriteAllText(key, both);
        var folder = new IdentityFolder(_folder.FullName, certificate, key, mayClaim: false);

        folder.Keep(folder.Choose()!);

        Assert.True(File.Exists(certificate));
        using var usable = folder.Choose()!.Load();
        Assert.True(usable.HasPrivateKey);
    }

    [Fact]
    public void WithoutACertificateTheCandidatesAndTheClaimTakeTurns()
    {
        var folder = new IdentityFolder(_folder.FullName, "", "", mayClaim: true);
        Assert.Null(folder.Choose());
        var candidate = Add(folder, 0);
        Assert.Equal(candidate, folder.Choose());
        folder.Failed();
        Assert.Null(folder.Choose());
        folder.Drop(candidate);
        Assert.Null(folder.Choose());
    }

    [Fact]
    public void OfTheConfiguredAndItsOwnTheLaterIssuedIsUsed()
    {
        var configured = Path.Combine(_folder.FullName, "enrolled.pem");
        File.WriteAllText(configured, _authority.Issue("hill", daysPast: 30));
        Assert.Equal(configured, Open(configured).Choose()!.CertificateFile);
        var own = Kept(daysPast: 20);
        Assert.Equal(own.NotAfter, Open(configured).Choose()!.NotAfter);
        File.WriteAllText(configured, _authority.Issue("hill", daysPast: 10));
        Assert.Equal(configured, Open(configured).Choose()!.CertificateFile);
    }

    private IdentityFolder Open(string configured = "") => new(_folder.FullName, configured, configured, mayClaim: false);

    private GatewayIdentity Kept(int daysPast)
    {
        var folder = Open();
        folder.Keep(Add(folder, daysPast));
        return folder.Current!;
    }

    private GatewayIdentity Add(IdentityFolder folder, int daysPast)
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var csr =
            new System.Security.Cryptography.X509Certificates.CertificateRequest(
                "CN=hill", key, HashAlgorithmName.SHA256).CreateSigningRequestPem();
        return folder.Add("hill", _authority.Sign(csr, daysPast, 90 - daysPast), key);
    }
}
