using System.Security.Cryptography.X509Certificates;
using IotGateway.Cloud.Data;
using IotGateway.Cloud.Enrolment;
using IotGateway.Tests.Services;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Time.Testing;

namespace IotGateway.Cloud.Tests.Enrolment;

public sealed class ServerCertificateTests
{
    [Fact]
    public void ACertificateMadeWhileTheClockWasAheadIsMadeAnewWhenItIsRight()
    {
        using var folder = new TempFolder();
        var time = new FakeTimeProvider(TimeProvider.System.GetUtcNow());
        var authority = CertificateAuthority.Open(folder.Path, time);
        var server = Server(folder.Path, authority, time);
        var first = server.Current().TargetCertificate.Thumbprint;
        time.AdjustTime(time.Start.AddYears(2));
        var ahead = server.Current().TargetCertificate;
        Assert.NotEqual(first, ahead.Thumbprint);

        // While it runs, and after a start.
        var copy = folder.File("copy");
        Directory.CreateDirectory(copy);
        foreach (var name in new[] { "server.pem", "server.key" })
            File.Copy(folder.File(name), Path.Combine(copy, name));
        time.AdjustTime(time.Start);
        foreach (var each in new[] { server, Server(copy, authority, time) })
        {
            var certificate = each.Current().TargetCertificate;
            Assert.InRange(time.GetUtcNow().LocalDateTime, certificate.NotBefore, certificate.NotAfter);
        }
    }

    [Theory]
    [InlineData("server.pem", "")]
    [InlineData("server.key", "")]
    [InlineData("server.pem", "noise")]
    [InlineData("server.key", "noise")]
    [InlineData("server.pem", null)]
    [InlineData("server.key", null)]
    public void ADamagedOrHalfPairIsSetAsideAndIssuedAnew(string file, string? content)
    {
        using var folder = new TempFolder();
        var authority = CertificateAuthority.Open(folder.Path, TimeProvider.System);
        var first = Server(folder.Path, authority).Current().TargetCertificate.Thumbprint;
        if (content is null)
            File.Delete(folder.File(file));
        else
            File.WriteAllText(folder.File(file), content);

        var next = Server(folder.Path, authority).Current().TargetCertificate.Thumbprint;

        Assert.NotEqual(first, next);
        Assert.Equal(next, Server(folder.Path, authority).Current().TargetCertificate.Thumbprint);
        Assert.Equal(content is null ? 1 : 2, Directory.GetFiles(folder.Path, "server.*.aside").Length);
    }

    [Fact]
    public void ACertificateOfAnotherAuthorityIsIssuedAnew()
    {
        using var folder = new TempFolder();
        using var other = new TempFolder();
        var authority = CertificateAuthority.Open(folder.Path, TimeProvider.System);
        Server(other.Path, CertificateAuthority.Open(other.Path, TimeProvider.System)).Current();
        foreach (var name in new[] { "server.pem", "server.key" })
            File.Copy(other.File(name), folder.File(name));

        Assert.True(authority.Signed(Server(folder.Path, authority).Current().TargetCertificate));
    }

    [Fact]
    public void MutatedPairsAreReadOrIssuedAnew()
    {
        using var folder = new TempFolder();
        var authority = CertificateAuthority.Open(folder.Path, TimeProvider.System);
        Server(folder.Path, authority).Current();
        string[] names = ["server.pem", "server.key"];
        var samples = names.Select(n => File.ReadAllBytes(folder.File(n))).ToArray();
        var turn = 0;

        FuzzShare.Read(Mutations.Of(samples), 20_000, 60, input =>
        {
            var at = turn++ % 2;
            File.WriteAllBytes(folder.File(names[at]), input);
            File.WriteAllBytes(folder.File(names[1 - at]), samples[1 - at]);
            Assert.True(authority.Signed(Server(folder.Path, authority).Current().TargetCertificate));
        });
    }

    [Fact]
    public void MutatedAuthoritiesAreReadOrRefusedByName()
    {
        using var folder = new TempFolder();
        CertificateAuthority.Open(folder.Path, TimeProvider.System);
        string[] names = ["ca.pem", "ca.key"];
        var samples = names.Select(n => File.ReadAllBytes(folder.File(n))).ToArray();
        var turn = 0;

        FuzzShare.Read(Mutations.Of(samples), 20_000, 60, input =>
        {
            var at = turn++ % 2;
            File.WriteAllBytes(folder.File(names[at]), input);
            File.WriteAllBytes(folder.File(names[1 - at]), samples[1 - at]);
            try
            {
                CertificateAuthority.Open(folder.Path, TimeProvider.System).IssueClient("hill", TimeSpan.FromDays(1)).Dispose();
            }
            catch (FormatException e)
            {
                Assert.Contains(folder.File("ca.pem"), e.Message, StringComparison.Ordinal);
            }
        });
    }

    [Theory]
    [InlineData("")]
    [InlineData("noise")]
    [InlineData("-----BEGIN CERTIFICATE-----\nAAAA\n-----END CERTIFICATE-----\n")]
    public async Task OneGatewaysDamagedFileIsAVerdictOnThatGatewayAlone(string content)
    {
        using var folder = new TempFolder();
        await using (var cloud = await TestCloud.StartAsync(folder.Path))
        {
            cloud.Enrol("valley");
        }

        var registered = Path.Combine(new DataFolder(folder.Path).Pki, "gateways", "hill.pem");
        await using var again = await TestCloud.StartAsync(folder.Path);
        var (hill, valley) = (again.Enrol("hill"), again.Enrol("dale"));
        File.WriteAllText(registered, content);

        await Assert.ThrowsAnyAsync<Exception>(() => TestGateway.ConnectAsync(again, hill, "hill"));
        Assert.Equal(1, again.Counters.ConnectionsRefusedByReason["registered_certificate_damaged"]);
        Assert.Contains(registered, Assert.Single(again.Get<EnrolledGateways>().Damaged()), StringComparison.Ordinal);
        await using var other = await TestGateway.ConnectAsync(again, valley, "dale");
        await other.SendAsync(TestGateway.Encode("dale", 1, TestGateway.Reading(0, 34.5)));

        again.Get<EnrolledGateways>().Revoke("hill");
        await using var anew = await TestGateway.ConnectAsync(again, again.Enrol("hill"), "hill");
        Assert.True(anew.Client.IsConnected);
    }

    [Fact]
    public async Task AGatewaysCertificateMadeWhileTheClockWasAheadConnects()
    {
        using var folder = new TempFolder();
        var data = new DataFolder(folder.Path);
        var ahead = new FakeTimeProvider(TimeProvider.System.GetUtcNow().AddYears(2));
        var authority = CertificateAuthority.Open(data.Pki, ahead);
        new EnrolledGateways(data.Pki).Enrol(authority, "hill", folder.File("out"), TimeSpan.FromDays(30));
        await using var cloud = await TestCloud.StartAsync(folder.Path);
        using var certificate = X509Certificate2.CreateFromPemFile(
            Path.Combine(folder.File("out"), "gateway.pem"), Path.Combine(folder.File("out"), "gateway.key"));

        await using var gateway = await TestGateway.ConnectAsync(cloud, certificate, "hill");
        Assert.True(gateway.Client.IsConnected);
    }

    private static ServerCertificate Server(string folder, CertificateAuthority authority, TimeProvider? time = null) =>
        new(folder, authority, ["hub.local"], time ?? TimeProvider.System, NullLogger<ServerCertificate>.Instance);
}
