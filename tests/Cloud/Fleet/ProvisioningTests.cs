using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using System.Text.Json.Nodes;
using IotGateway.Cloud.Enrolment;
using IotGateway.Telemetry.Fleet;
using IotGateway.Telemetry.Wire;
using MQTTnet;
using static IotGateway.Cloud.Tests.Fleet.FleetClient;

namespace IotGateway.Cloud.Tests.Fleet;

public sealed class ProvisioningTests
{
    [Fact]
    public async Task AClaimGetsACertificateThatConnectsAndStores()
    {
        using var folder = new TempFolder();
        await using var cloud = await TestCloud.StartAsync(folder.Path);
        await using var claim = await ClaimAsync(cloud);

        var (certificate, answer) = await claim.OrderAsync("hill");

        Assert.Equal("hill", (string?)answer["thingName"]);
        Assert.IsType<JsonObject>(answer["deviceConfiguration"]);
        Assert.Equal("CN=hill", certificate!.Subject);
        await using var gateway = await TestGateway.ConnectAsync(cloud, certificate, "hill");
        await gateway.SendAsync(TestGateway.Encode("hill", 1, TestGateway.Reading(0, 34.5)));
        Assert.Equal(1, (await gateway.AnswerAsync()).Contiguous);
        Assert.DoesNotContain(cloud.Gateways.All(), v => v.Name.StartsWith("claim", StringComparison.Ordinal));
    }

    [Fact]
    public async Task ACertificateThatWasNotProvisionedDoesNotConnect()
    {
        using var folder = new TempFolder();
        await using var cloud = await TestCloud.StartAsync(folder.Path);
        await using var claim = await ClaimAsync(cloud);
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var (_, created) = await claim.CreateAsync(Csr("hill", key));
        using var bare = X509Certificate2.CreateFromPem((string)created["certificatePem"]!);

        await Assert.ThrowsAnyAsync<Exception>(() => TestGateway.ConnectAsync(cloud, bare.CopyWithPrivateKey(key), "hill"));
    }

    [Fact]
    public async Task AClaimMayDoNothingElse()
    {
        using var folder = new TempFolder();
        await using var cloud = await TestCloud.StartAsync(folder.Path);
        cloud.Enrol("hill");
        await using var claim = await ClaimAsync(cloud);

        string[] filters =
        [
            "#", "cmd/hill/stored", $"cmd/{claim.Client.Options.ClientId}/stored", "$aws/#", "$aws/certificates/create-from-csr/json/+",
            FleetTopics.CreateFromCsr,
            FleetTopics.Accepted(FleetTopics.Provision("other")), FleetTopics.ShadowDelta("hill"),
        ];
        Assert.All(await claim.SubscribeAsync(filters), code => Assert.True(code >= MqttClientSubscribeResultCode.UnspecifiedError));
        foreach (var topic in new[]
        {
            Topics.Batch("hill"), Topics.Status("hill"), FleetTopics.ShadowUpdate("hill"), FleetTopics.Provision("other"),
            Topics.Batch(claim.Client.Options.ClientId),
        })
            Assert.Equal(MqttClientPublishReasonCode.NotAuthorized, await claim.PublishAsync(topic, "{}"));
        Assert.Equal(0, cloud.Store.Count);
    }

    [Theory]
    [InlineData("hill", true)]
    [InlineData("anything", true)]
    [InlineData("claim.keeps", false)]
    public async Task AClaimMayNotCallItselfAGatewayNorKeepASession(string id, bool clean)
    {
        using var folder = new TempFolder();
        await using var cloud = await TestCloud.StartAsync(folder.Path);
        await using var gateway = await TestGateway.ConnectAsync(cloud, cloud.Enrol("hill"), "hill");

        await Assert.ThrowsAnyAsync<Exception>(() => ConnectAsync(cloud, Issue(cloud).Certificate, id, clean));

        await gateway.SendAsync(TestGateway.Encode("hill", 1, TestGateway.Reading(0, 34.5)));
        Assert.Equal(1, (await gateway.AnswerAsync()).Contiguous);
    }

    [Fact]
    public async Task ARevokedClaimIsRefusedAndWhatItProvisionedStays()
    {
        using var folder = new TempFolder();
        await using var cloud = await TestCloud.StartAsync(folder.Path);
        var (certificate, name) = Issue(cloud);
        await using var claim = await ConnectAsync(cloud, certificate, "claim.1");
        await claim.SubscribeAsync(Answers());
        var (own, _) = await claim.OrderAsync("hill");
        cloud.Get<Claims>().Revoke(name);

        await Assert.ThrowsAnyAsync<Exception>(() => claim.PublishAsync(FleetTopics.CreateFromCsr, "{}"));
        await Assert.ThrowsAnyAsync<Exception>(() => ConnectAsync(cloud, certificate, "claim.2"));
        await using var gateway = await TestGateway.ConnectAsync(cloud, own, "hill");
        Assert.True(gateway.Client.IsConnected);
        Assert.Contains(
            "expected one of", Assert.Throws<FormatException>(() => cloud.Get<Claims>().Revoke(name)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task AnEnrolledNameIsRefusedUntilAnOperatorAllowsItOnce()
    {
        using var folder = new TempFolder();
        await using var cloud = await TestCloud.StartAsync(folder.Path);
        var old = cloud.Enrol("hill");
        cloud.Enrol("hill-top");
        cloud.Get<EnrolledGateways>().Revoke("hill-top");
        await using var claim = await ClaimAsync(cloud);

        // Ten days of ten are left: not near the end.
        var (none, refusal) = await claim.OrderAsync("hill");
        Assert.Null(none);
        Assert.Equal(409, (int?)refusal["statusCode"]);
        Assert.Equal("ResourceConflict", (string?)refusal["errorCode"]);
        Assert.Contains("cloud reset hill", (string?)refusal["errorMessage"], StringComparison.Ordinal);
        Assert.Contains("was revoked", (string?)(await claim.OrderAsync("hill-top")).Answer["errorMessage"], StringComparison.Ordinal);

        cloud.Get<EnrolledGateways>().Reset("hill");
        Assert.NotNull((await claim.OrderAsync("hill")).Certificate);
        Assert.Null((await claim.OrderAsync("hill")).Certificate);
        await Assert.ThrowsAnyAsync<Exception>(() => TestGateway.ConnectAsync(cloud, old, "hill"));
    }

    [Fact]
    public async Task AnEnrolledNameIsRefusedHoweverOldItsCertificate()
    {
        using var folder = new TempFolder();
        await using var cloud = await TestCloud.StartAsync(folder.Path);
        var past = new Microsoft.Extensions.Time.Testing.FakeTimeProvider(TimeProvider.System.GetUtcNow().AddDays(-70));
        var authority = CertificateAuthority.Open(cloud.Data.Pki, past);
        cloud.Get<EnrolledGateways>().Enrol(authority, "hill", folder.File("old"), TimeSpan.FromDays(75));
        cloud.Get<EnrolledGateways>().Enrol(authority, "ended", folder.File("ended"), TimeSpan.FromDays(30));
        using var old = X509Certificate2.CreateFromPemFile(
            Path.Combine(folder.File("old"), "gateway.pem"), Path.Combine(folder.File("old"), "gateway.key"));
        await using var gateway = await TestGateway.ConnectAsync(cloud, old, "hill");
        await using var claim = await ClaimAsync(cloud);

        foreach (var name in new[] { "hill", "ended" })
        {
            var (none, refusal) = await claim.OrderAsync(name);
            Assert.Null(none);
            Assert.Equal("ResourceConflict", (string?)refusal["errorCode"]);
        }

        await gateway.SendAsync(TestGateway.Encode("hill", 1, TestGateway.Reading(0, 34.5)));
        Assert.Equal(1, (await gateway.AnswerAsync()).Contiguous);
    }

    [Fact]
    public async Task OneClaimAndOneAddressAreBoundedAndRenewalsGoOn()
    {
        using var folder = new TempFolder();
        await using var cloud = await TestCloud.StartAsync(folder.Path);
        await using var claim = await ClaimAsync(cloud);
        await using var another = await ClaimAsync(cloud);
        var enrolled = 0;
        for (var i = 0; i < 15; i++)
            enrolled += (await claim.OrderAsync($"hill-{i}")).Certificate is null ? 0 : 1;
        Assert.InRange(enrolled, 10, 12);
        Assert.Equal(429, (int?)(await another.OrderAsync("valley")).Answer["statusCode"]);

        await using var gateway = await ConnectAsync(cloud, cloud.Enrol("dale"), "dale");
        await gateway.SubscribeAsync(Answers());
        Assert.NotNull((await gateway.OrderAsync("dale")).Certificate);
    }

    [Fact]
    public void AClaimIsUsedUpByTheGatewaysItEnrols()
    {
        using var folder = new TempFolder();
        var claims = new Claims(folder.Path);
        var authority = CertificateAuthority.Open(folder.Path, TimeProvider.System);
        var name = Claims.Prefix + claims.Issue(authority, "iotgateway", folder.File("out"), TimeSpan.FromDays(1));
        for (var i = 0; i < Claims.MostGateways; i++)
            Assert.True(claims.Use(name, $"hill-{i}"));

        var again = new Claims(folder.Path);
        Assert.True(again.Use(name, "hill-7"));
        Assert.False(again.Use(name, "another"));
    }

    [Fact]
    public async Task WeakForgedAndNamelessRequestsAreRefused()
    {
        using var folder = new TempFolder();
        await using var cloud = await TestCloud.StartAsync(folder.Path);
        await using var claim = await ClaimAsync(cloud);
        using var ecdsa = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        using var small = RSA.Create(1024);
        using var large = RSA.Create(2048);
        var sound = Csr("hill", ecdsa);
        var der = Convert.FromBase64String(string.Concat(sound.Split('\n')[1..^1]));
        der[^1] ^= 1;

        foreach (var (csr, why) in new[]
        {
            (Csr("hill", small), "too weak"),
            (new string(PemEncoding.Write("CERTIFICATE REQUEST", der)), "signature does not hold"),
            (Csr("not a name", ecdsa), "common name is 'not a name'"),
            ("nonsense", "cannot be read"),
        })
        {
            var (topic, answer) = await claim.CreateAsync(csr);
            Assert.Equal(FleetTopics.Rejected(FleetTopics.CreateFromCsr), topic);
            Assert.Equal(400, (int?)answer["statusCode"]);
            Assert.Equal("InvalidCertificateSigningRequest", (string?)answer["errorCode"]);
            Assert.Contains(why, (string?)answer["errorMessage"], StringComparison.Ordinal);
        }

        Assert.EndsWith("/accepted", (await claim.CreateAsync(Csr("hill", large))).Topic, StringComparison.Ordinal);
    }

    [Fact]
    public async Task AnswersAndTokensAreTheAskersAlone()
    {
        using var folder = new TempFolder();
        await using var cloud = await TestCloud.StartAsync(folder.Path);
        var (certificate, _) = Issue(cloud);
        await using var one = await ConnectAsync(cloud, certificate, "claim.one");
        await using var other = await ConnectAsync(cloud, certificate, "claim.other");
        await using var stranger = await ClaimAsync(cloud);
        await one.SubscribeAsync(Answers());
        await other.SubscribeAsync(Answers());
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);

        var (_, created) = await one.CreateAsync(Csr("hill", key));
        var token = (string)created["certificateOwnershipToken"]!;

        Assert.Equal("InvalidCertificateOwnershipToken", (string?)(await stranger.ProvisionAsync(token)).Message["errorCode"]);
        Assert.Equal(
            "InvalidPayload",
            (string?)(await other.AskAsync(FleetTopics.CreateFromCsr, new JsonObject { ["certificateSigningRequest"] = 5 })).Message[
                "errorCode"]);
        Assert.False(other.HasMessage);
        Assert.EndsWith("/accepted", (await one.ProvisionAsync(token)).Topic, StringComparison.Ordinal);
        Assert.EndsWith("/rejected", (await one.ProvisionAsync(token)).Topic, StringComparison.Ordinal);
    }

    [Fact]
    public async Task TheOldCertificateServesUntilTheRenewedOneConnects()
    {
        using var folder = new TempFolder();
        await using var cloud = await TestCloud.StartAsync(folder.Path);
        var old = cloud.Enrol("hill");
        X509Certificate2? renewed;
        await using (var gateway = await ConnectAsync(cloud, old, "hill"))
        {
            await gateway.SubscribeAsync(Answers());
            (renewed, _) = await gateway.OrderAsync("valley");
            Assert.Equal("CN=hill", renewed!.Subject);
        }

        await using (var still = await ConnectAsync(cloud, old, "hill"))
            Assert.True(still.Client.IsConnected);
        await using (var next = await ConnectAsync(cloud, renewed, "hill"))
            Assert.Equal(MqttClientPublishReasonCode.PayloadFormatInvalid, await next.PublishAsync(Topics.Batch("hill"), "{}"));
        await Assert.ThrowsAnyAsync<Exception>(() => ConnectAsync(cloud, old, "hill"));
        Assert.False(cloud.Get<EnrolledGateways>().IsEnrolled("valley"));
    }

    [Fact]
    public async Task TooManyRequestsAreThrottled()
    {
        using var folder = new TempFolder();
        await using var cloud = await TestCloud.StartAsync(folder.Path);
        await using var gateway = await ConnectAsync(cloud, cloud.Enrol("hill"), "hill");
        await gateway.SubscribeAsync(Answers());
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        for (var i = 0; i < 5; i++)
            Assert.EndsWith("/accepted", (await gateway.CreateAsync(Csr("hill", key))).Topic, StringComparison.Ordinal);

        Assert.Equal(429, (int?)(await gateway.CreateAsync(Csr("hill", key))).Message["statusCode"]);
    }
}
