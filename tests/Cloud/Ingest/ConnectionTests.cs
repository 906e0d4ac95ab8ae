using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using IotGateway.Cloud.Data;
using IotGateway.Cloud.Enrolment;
using IotGateway.Hosting.Configuration;
using MQTTnet;
using MQTTnet.Protocol;
using Microsoft.Extensions.Time.Testing;
using static IotGateway.Cloud.Tests.TestGateway;

namespace IotGateway.Cloud.Tests.Ingest;

public sealed class ConnectionTests
{
    [Fact]
    public async Task ForeignCertificate()
    {
        using var folder = new TempFolder();
        using var elsewhere = new TempFolder();
        await using var cloud = await TestCloud.StartAsync(folder.Path);
        cloud.Enrol("hill");
        var foreign = CertificateAuthority.Open(elsewhere.Path, TimeProvider.System).IssueClient("hill", TimeSpan.FromDays(1));

        await RefusedAsync(cloud, foreign, "hill", "foreign_certificate");
    }

    [Fact]
    public async Task NoCertificate()
    {
        using var folder = new TempFolder();
        await using var cloud = await TestCloud.StartAsync(folder.Path);
        cloud.Enrol("hill");

        await RefusedAsync(cloud, null, "hill", "no_certificate");
    }

    [Fact]
    public async Task ExpiredCertificate()
    {
        using var folder = new TempFolder();
        var past = new FakeTimeProvider(TimeProvider.System.GetUtcNow().AddDays(-100));
        var data = new DataFolder(folder.Path);
        var authority = CertificateAuthority.Open(data.Pki, past);
        var place = folder.File("old");
        new EnrolledGateways(data.Pki).Enrol(authority, "hill", place, TimeSpan.FromDays(30));
        await using var cloud = await TestCloud.StartAsync(folder.Path);

        await RefusedAsync(
            cloud, X509Certificate2.CreateFromPemFile(Path.Combine(place, "gateway.pem"), Path.Combine(place, "gateway.key")), "hill",
            "expired_certificate");
    }

    [Fact]
    public async Task ServerCertificateShownAsAClients()
    {
        using var folder = new TempFolder();
        await using var cloud = await TestCloud.StartAsync(folder.Path);

        await RefusedAsync(cloud, cloud.Authority.IssueServer(["hill"], TimeSpan.FromDays(1)), "hill", "not_a_client_certificate");
    }

    [Fact]
    public async Task CertificateOfOursThatWasNeverEnrolled()
    {
        using var folder = new TempFolder();
        await using var cloud = await TestCloud.StartAsync(folder.Path);
        cloud.Enrol("hill");

        await RefusedAsync(cloud, cloud.Authority.IssueClient("hill", TimeSpan.FromDays(1)), "hill", "not_the_enrolled_certificate");
    }

    [Fact]
    public async Task RevokedCertificate()
    {
        using var folder = new TempFolder();
        await using var cloud = await TestCloud.StartAsync(folder.Path);
        var certificate = cloud.Enrol("hill");
        cloud.Get<EnrolledGateways>().Revoke("hill");

        await RefusedAsync(cloud, certificate, "hill", "revoked_certificate");
        cloud.Enrol("hill");
        await RefusedAsync(cloud, certificate, "hill", "revoked_certificate");
    }

    [Fact]
    public async Task RevokedWhileConnectedLosesItsConnectionAtTheNextMessage()
    {
        using var folder = new TempFolder();
        await using var cloud = await TestCloud.StartAsync(folder.Path);
        await using var gateway = await ConnectAsync(cloud, cloud.Enrol("hill"), "hill");
        await gateway.SendAsync(Encode("hill", 1, Reading(0, 1)));
        cloud.Get<EnrolledGateways>().Revoke("hill");

        await Assert.ThrowsAnyAsync<Exception>(() => gateway.SendAsync(Encode("hill", 2, Reading(1, 1))));

        Assert.Equal(1, cloud.Store.Count);
        Assert.Equal(1, cloud.Counters.ConnectionsRefusedByReason["revoked_certificate"]);
    }

    [Fact]
    public async Task ClientIdThatIsNotTheCertificatesName()
    {
        using var folder = new TempFolder();
        await using var cloud = await TestCloud.StartAsync(folder.Path);
        cloud.Enrol("valley");

        await RefusedAsync(cloud, cloud.Enrol("hill"), "valley", "client_id_not_certificate");
    }

    [Fact]
    public async Task ASecondConnectionTakesOverTheFirst()
    {
        using var folder = new TempFolder();
        await using var cloud = await TestCloud.StartAsync(folder.Path);
        var certificate = cloud.Enrol("hill");
        await using var first = await ConnectAsync(cloud, certificate, "hill");
        var gone = new TaskCompletionSource();
        first.Client.DisconnectedAsync += _ =>
        {
            gone.TrySetResult();
            return Task.CompletedTask;
        };

        await using var second = await ConnectAsync(cloud, certificate, "hill");
        await gone.Task.WaitAsync(TimeSpan.FromSeconds(20), TestContext.Current.CancellationToken);
        await second.SendAsync(Encode("hill", 1, Reading(0, 34.5)));

        Assert.Equal(1, (await second.AnswerAsync()).Contiguous);
        Assert.True(cloud.Gateways.Find("hill")!.Connected);
    }

    [Fact]
    public async Task AnotherGatewaysTopicIsRefusedAndTheConnectionGoesOn()
    {
        using var folder = new TempFolder();
        await using var cloud = await TestCloud.StartAsync(folder.Path);
        cloud.Enrol("valley");
        await using var gateway = await ConnectAsync(cloud, cloud.Enrol("hill"), "hill");

        var refused = await gateway.PublishAsync("dt/valley/batch", Encode("valley", 1, Reading(0, 34.5)));
        var own = await gateway.SendAsync(Encode("hill", 1, Reading(0, 34.5)));

        Assert.Equal(MqttClientPublishReasonCode.NotAuthorized, refused.ReasonCode);
        Assert.Equal(MqttClientPublishReasonCode.Success, own.ReasonCode);
        Assert.Equal(1, cloud.Counters.RefusedByReason["forbidden_topic"]);
        Assert.Equal(1, cloud.Store.Count);
    }

    [Theory]
    [InlineData("cmd/valley/#")]
    [InlineData("cmd/+/stored")]
    [InlineData("#")]
    [InlineData("$share/g/cmd/valley/#")]
    [InlineData("dt/hill/batch")]
    public async Task SubscriptionToWhatIsNotItsOwnIsRefused(string filter)
    {
        using var folder = new TempFolder();
        await using var cloud = await TestCloud.StartAsync(folder.Path);
        cloud.Enrol("valley");
        await using var gateway = await ConnectAsync(cloud, cloud.Enrol("hill"), "hill");

        var result = await gateway.Client.SubscribeAsync(
            filter, MqttQualityOfServiceLevel.AtLeastOnce, TestContext.Current.CancellationToken);
        await gateway.SendAsync(Encode("hill", 1, Reading(0, 34.5)));

        Assert.True(Assert.Single(result.Items).ResultCode >= MqttClientSubscribeResultCode.UnspecifiedError);
        Assert.Equal(1, cloud.Counters.RefusedByReason["forbidden_subscription"]);
        Assert.Equal(1, (await gateway.AnswerAsync()).Contiguous);
    }

    [Fact]
    public void EnrolRefusesToOverwriteAndKeepsKeysToTheOwner()
    {
        using var folder = new TempFolder();
        var data = new DataFolder(folder.Path);
        var authority = CertificateAuthority.Open(data.Pki, TimeProvider.System);
        var enrolment = new EnrolledGateways(data.Pki);
        var place = folder.File("out");
        enrolment.Enrol(authority, "hill", place, TimeSpan.FromDays(1));

        Assert.Contains(
            "'hill' is enrolled",
            Assert.Throws<FormatException>(() => enrolment.Enrol(authority, "hill", folder.File("other"), TimeSpan.FromDays(1))).Message,
            StringComparison.Ordinal);
        Assert.Contains(
            "ca.pem exists",
            Assert.Throws<FormatException>(() => enrolment.Enrol(authority, "valley", place, TimeSpan.FromDays(1))).Message,
            StringComparison.Ordinal);
        Assert.Throws<IotGateway.Hosting.Configuration.ConfigurationException>(() => enrolment.Enrol(
            authority, "../hill", folder.File("other"), TimeSpan.FromDays(1)));
        if (!OperatingSystem.IsWindows())
        {
            const UnixFileMode owner = UnixFileMode.UserRead | UnixFileMode.UserWrite;
            Assert.Equal(owner, File.GetUnixFileMode(Path.Combine(place, "gateway.key")));
            Assert.Equal(owner, File.GetUnixFileMode(Path.Combine(data.Pki, "ca.key")));
            Assert.Equal(owner | UnixFileMode.UserExecute, File.GetUnixFileMode(data.Pki));
        }
    }

    [Fact]
    public void TheServersCertificateIsKeptAndRenewedNearItsEnd()
    {
        using var folder = new TempFolder();
        var time = new FakeTimeProvider(TimeProvider.System.GetUtcNow());
        var authority = CertificateAuthority.Open(folder.Path, time);
        var first = Thumbprint(["hub.local"]);

        Assert.Equal(first, Thumbprint(["hub.local"]));
        Assert.NotEqual(first, Thumbprint(["hub.lan"]));
        var server = Server(folder.Path, authority, ["hub.lan"], time);
        var second = server.Current().TargetCertificate.Thumbprint;
        time.Advance(TimeSpan.FromDays(360));
        Assert.Equal(second, server.Current().TargetCertificate.Thumbprint);
        time.Advance(TimeSpan.FromDays(20));
        Assert.NotEqual(second, server.Current().TargetCertificate.Thumbprint);

        string Thumbprint(string[] names) =>
            Server(folder.Path, authority, names, time).Current().TargetCertificate.Thumbprint;
    }

    private static ServerCertificate Server(string folder, CertificateAuthority authority, string[] names, TimeProvider time) =>
        new(folder, authority, names, time, Microsoft.Extensions.Logging.Abstractions.NullLogger<ServerCertificate>.Instance);

    [Theory]
    [InlineData("2001:0db8::1")]
    [InlineData("bücher.example")]
    [InlineData("Hub.LAN")]
    public void AnotherSpellingOfANameNeedsNoNewCertificate(string name)
    {
        using var folder = new TempFolder();
        var authority = CertificateAuthority.Open(folder.Path, TimeProvider.System);
        var server = Server(folder.Path, authority, [name], TimeProvider.System);

        Assert.Same(server.Current(), server.Current());
    }

    private static async Task RefusedAsync(TestCloud cloud, X509Certificate2? certificate, string clientId, string reason)
    {
        var before = cloud.Counters.ConnectionsRefusedByReason.GetValueOrDefault(reason);
        await Assert.ThrowsAnyAsync<Exception>(() => ConnectAsync(cloud, certificate, clientId));
        Assert.Equal(before + 1, cloud.Counters.ConnectionsRefusedByReason.GetValueOrDefault(reason));
        Assert.NotEqual(true, cloud.Gateways.Find(clientId)?.Connected);
    }
}
