using System.Security.Cryptography.X509Certificates;
using System.Text.Json.Nodes;
using IotGateway.Edge.Identity;
using IotGateway.Telemetry.Fleet;
using IotGateway.Telemetry.Wire;

namespace IotGateway.Edge.Tests.Fleet;

/// <summary>The gateway against mosquitto with mutual TLS, and a client of it that answers as AWS IoT Core would.</summary>
public sealed class FleetTests : IAsyncLifetime
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("fleet-");
    private readonly TestAuthority _authority = new();
    private Mosquitto _broker = null!;
    private Responder _cloud = null!;

    public async ValueTask InitializeAsync()
    {
        _broker = await Mosquitto.StartAsync(_folder.FullName, _authority);
        _cloud = new Responder(_authority);
        await _cloud.StartAsync(_broker.Port);
    }

    public async ValueTask DisposeAsync()
    {
        await _cloud.DisposeAsync();
        await _broker.DisposeAsync();
        _folder.Delete(recursive: true);
    }

    private string Own => Path.Combine(_folder.FullName, "edge", "identity", "gateway.pem");

    [Fact]
    public async Task AClaimBecomesACertificateAndItsKeyNeverLeaves()
    {
        await using var edge = await ClaimingAsync();
        await edge.UntilAsync("connected", () => edge.Forwarding.Connected);
        await edge.UntilAsync("a status is sent", () => _cloud.Count(Topics.Status("hill")) > 0);

        Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(Own));
        Assert.Equal("provisioned by claim as hill", edge.Fleet.Provisioning);
        Assert.Single(Directory.GetFiles(Path.GetDirectoryName(Own)!));
        var secret = Letters((await File.ReadAllTextAsync(Own)).Split("-----BEGIN PRIVATE KEY-----")[1])[50..80];
        Assert.Contains(
            _cloud.Seen,
            s => s.Topic == FleetTopics.CreateFromCsr && s.Text.Contains("BEGIN CERTIFICATE REQUEST", StringComparison.Ordinal));
        Assert.DoesNotContain(
            _cloud.Seen,
            s => s.Text.Contains("PRIVATE KEY", StringComparison.Ordinal) || Letters(s.Text).Contains(secret, StringComparison.Ordinal));
    }

    [Fact]
    public async Task ARejectedClaimSaysWhyIsRetriedSlowlyAndLeavesNothing()
    {
        _cloud.Thing = null;
        await using var edge = await ClaimingAsync();
        await edge.UntilAsync(
            "the reason is told", () => edge.Fleet.Provisioning.Contains("403 AccessDenied: not in the list", StringComparison.Ordinal));

        Assert.Empty(Directory.GetFiles(Path.GetDirectoryName(Own)!));
        var asked = _cloud.Count(FleetTopics.CreateFromCsr);
        var refusedAt = edge.Time.GetUtcNow();
        _cloud.Thing = "hill";
        await edge.UntilAsync("connected", () => edge.Forwarding.Connected);
        Assert.Equal(asked + 1, _cloud.Count(FleetTopics.CreateFromCsr));
        Assert.InRange((edge.Time.GetUtcNow() - refusedAt).TotalSeconds, 140, 900);
    }

    [Fact]
    public async Task AClaimThatTheBrokerWillNotHearIsRetriedAndStopsNothing()
    {
        var list = Path.Combine(_folder.FullName, "acl");
        await File.WriteAllTextAsync(list, "topic read #\ntopic read $aws/#\n", TestContext.Current.CancellationToken);
        await _broker.DisposeAsync();
        _broker = await Mosquitto.StartAsync(_folder.FullName, _authority, $"acl_file {list}\n");
        await using var edge = await ClaimingAsync();
        await edge.UntilAsync("the reason is told", () => edge.Fleet.Provisioning.Contains("NotAuthorized", StringComparison.Ordinal));
        await edge.UntilAsync(
            "it is told to whoever looks at the forwarding",
            () => edge.Forwarding.LastError is { } error && error.Contains("NotAuthorized", StringComparison.Ordinal), seconds: 30);

        Assert.False(edge.Stopping);
    }

    [Fact]
    public async Task AnotherNameThanTheConfiguredOneIsNotTaken()
    {
        _cloud.Thing = "valley";
        await using var edge = await ClaimingAsync();
        await edge.UntilAsync(
            "the reason is told",
            () => edge.Fleet.Provisioning.Contains("names this gateway 'valley'; Gateway:Name is 'hill'", StringComparison.Ordinal));

        Assert.Empty(Directory.GetFiles(Path.GetDirectoryName(Own)!));
    }

    [Fact]
    public async Task WithoutANameItTakesTheOneItIsGiven()
    {
        _cloud.Thing = "hill";
        await using (var edge = await ClaimingAsync(("Gateway:Name", ""), ("Fleet:Parameters:SerialNumber", "serial-7")))
            await edge.UntilAsync("the identity is kept", () => File.Exists(Own));

        await using var again = await ClaimingAsync(("Gateway:Name", ""), ("Fleet:Parameters:SerialNumber", "serial-7"));
        await again.UntilAsync("a status under its new name", () => _cloud.Count(Topics.Status("hill")) > 0);
        Assert.Contains(_cloud.Seen, s => s.Text.Contains("\"SerialNumber\":\"serial-7\"", StringComparison.Ordinal));
        Environment.ExitCode = 0;
    }

    [Fact]
    public async Task ACertificateNearItsEndIsRenewedOverTheGatewaysOwnConnection()
    {
        await using var edge = await EnrolledAsync(daysPast: 0, daysLeft: 90);
        await edge.UntilAsync("connected", () => edge.Forwarding.Connected);
        var old = edge.Identities.Current!;
        Assert.Equal(0, _cloud.Count(FleetTopics.CreateFromCsr));

        // A day before the last third nothing happens, within the last third it is renewed once.
        edge.Time.Advance(TimeSpan.FromDays(59));
        await edge.UntilAsync("connected", () => edge.Forwarding.Connected);
        Assert.Equal(0, _cloud.Count(FleetTopics.CreateFromCsr));
        _cloud.Sign = csr => _authority.Sign(csr, daysLeft: 400);
        edge.Time.Advance(TimeSpan.FromDays(1.1));
        await edge.UntilAsync(
            "the new certificate is in use", () => edge.Forwarding.Connected && edge.Identities.Current!.NotAfter > old.NotAfter);

        Assert.Equal(1, _cloud.Count(FleetTopics.CreateFromCsr));
        Assert.Equal(edge.Identities.Current!.NotAfter, new DateTimeOffset(X509Certificate2.CreateFromPemFile(Own, Own).NotAfter));
        Assert.Single(Directory.GetFiles(Path.GetDirectoryName(Own)!));
    }

    [Fact]
    public async Task ARenewedCertificateThatDoesNotConnectLeavesTheOldOneInUse()
    {
        var foreign = new TestAuthority();
        _cloud.Sign = csr => foreign.Sign(csr, daysLeft: 400);
        await using var edge = await EnrolledAsync(daysPast: 80, daysLeft: 10);
        await edge.UntilAsync("ordered", () => _cloud.Count(FleetTopics.Provision("iotgateway")) > 0);
        await edge.UntilAsync("tried and gone", () => edge.Forwarding.Connected && edge.Identities.Candidates().Count == 0);

        Assert.False(File.Exists(Own));
        Assert.EndsWith("enrolled.pem", edge.Identities.Current!.CertificateFile, StringComparison.Ordinal);
        Assert.Equal(1, _cloud.Count(FleetTopics.CreateFromCsr));
    }

    [Fact]
    public async Task ADeltaIsAppliedWithoutRestartOrRefusedWithAReason()
    {
        await using (var edge = await EnrolledAsync(0, 90))
        {
            await edge.UntilAsync("what is in force is reported", () => _cloud.Shadow?["reported"]?["window"]?.GetValue<int>() == 50);
            await _cloud.DesireAsync("""{"backlogShare": 2, "window": 9, "bytesPerSecond": 200000.5, "colour": "red"}""");
            await edge.UntilAsync("the window is applied", () => edge.Tuning.Window == 9);
            await edge.UntilAsync("the refusals are reported", () => _cloud.Shadow!["reported"]!["rejected"] is not null);

            var rejected = _cloud.Shadow!["reported"]!["rejected"]!;
            Assert.Equal("is 2; expected 0.05 to 0.95", (string?)rejected["backlogShare"]);
            Assert.Equal("is 200000.5; expected a whole number, 131072 to 1000000000", (string?)rejected["bytesPerSecond"]);
            Assert.StartsWith("is no setting; expected one of backlogShare", (string?)rejected["colour"], StringComparison.Ordinal);
            Assert.Equal(0.5, edge.Tuning.BacklogShare);

            // The broker answers each report with a delta: the talk ends all the same.
            await edge.UntilAsync("a status passes", () => _cloud.Count(Topics.Status("hill")) > 3);
            var talk = _cloud.Count(FleetTopics.ShadowUpdate("hill"));
            var statuses = _cloud.Count(Topics.Status("hill"));
            await edge.UntilAsync("more statuses pass", () => _cloud.Count(Topics.Status("hill")) > statuses + 3);
            Assert.Equal(talk, _cloud.Count(FleetTopics.ShadowUpdate("hill")));
        }

        await _broker.KillAsync();
        await using var again = await EnrolledAsync(0, 90);
        Assert.Equal(9, again.Tuning.Window);
        Assert.Equal(
            UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(Path.Combine(_folder.FullName, "edge", "settings.json")));
    }

    [Fact]
    public async Task AShadowThatCannotBeReadOrKeptEndsNothing()
    {
        var occupied = Directory.CreateDirectory(Path.Combine(_folder.FullName, "edge", ".settings.json.tmp"));
        await using var edge = await EnrolledAsync(0, 90);
        await edge.UntilAsync("connected", () => edge.Forwarding.Connected && _cloud.Count(FleetTopics.ShadowGet("hill")) > 0);
        await _cloud.SayAsync(
            FleetTopics.Accepted(FleetTopics.ShadowGet("hill")), """{"state":{"desired":{"window":7,"window":8}},"state":{}}""");
        await _cloud.DesireAsync("""{"window": 9}""");
        await edge.UntilAsync("it is asked for", () => _cloud.Count(FleetTopics.ShadowGet("hill")) > 1);
        var statuses = _cloud.Count(Topics.Status("hill"));
        await edge.UntilAsync("statuses pass", () => _cloud.Count(Topics.Status("hill")) > statuses + 3);
        Assert.Equal(50, edge.Tuning.Window);

        occupied.Delete();
        await _cloud.DesireAsync("""{"window": 9}""");
        await edge.UntilAsync("the window is applied", () => edge.Tuning.Window == 9);
        Assert.Equal((null, false), (edge.Forwarding.LastError, edge.Stopping));
    }

    [Fact]
    public async Task ThresholdsAreSetWhileItRuns()
    {
        await using var edge = await EnrolledAsync(0, 90);
        await edge.UntilAsync("what is in force is reported", () => _cloud.Shadow?["reported"]?["warnShare"]?.GetValue<double>() == 0.8);
        Assert.False(edge.Buffer.Status.Warning);
        await _cloud.DesireAsync("""{"warnShare": 0.1, "futureSeconds": 60, "duplicateFrames": 50}""");
        await edge.UntilAsync(
            "they are reported",
            () => _cloud.Shadow!["reported"]!["warnShare"]?.GetValue<double>() == 0.1
                && _cloud.Shadow["reported"]!["futureSeconds"]?.GetValue<int>() == 60);

        Assert.Equal(
            "is 50; expected a whole number, 100 to 1000000", (string?)_cloud.Shadow!["reported"]!["rejected"]!["duplicateFrames"]);
        Assert.Equal(20_000, edge.Tuning.DuplicateFrames);
    }

    [Fact]
    public async Task WhatComesWithTheCertificateHoldsUntilTheShadowDesiresOtherwise()
    {
        _cloud.DeviceConfiguration = new()
        {
            ["window"] = "7",
            ["statusSeconds"] = 5,
            ["backlogShare"] = "NaN",
            ["warnShare"] = "much",
            ["url"] = "https://example.org",
        };
        await using (var edge = await ClaimingAsync())
        {
            await edge.UntilAsync(
                "it is reported", () => _cloud.Shadow?["reported"]?["window"]?.GetValue<int>() == 7 && edge.Forwarding.Connected);
            Assert.Equal((7, 5, 0.5), (edge.Tuning.Window, edge.Tuning.StatusSeconds, edge.Tuning.BacklogShare));
            await _cloud.DesireAsync("""{"window": 9}""");
            await edge.UntilAsync("the shadow's is in force", () => edge.Tuning.Window == 9);
            Assert.Equal(5, edge.Tuning.StatusSeconds);
        }

        _cloud.Shadow!["desired"] = new JsonObject();
        await using var again = await ClaimingAsync();
        Assert.Equal((9, 5), (again.Tuning.Window, again.Tuning.StatusSeconds));
        await again.UntilAsync("back to what came with the certificate", () => again.Tuning.Window == 7);
        Assert.Equal(
            UnixFileMode.UserRead | UnixFileMode.UserWrite,
            File.GetUnixFileMode(Path.Combine(_folder.FullName, "edge", "provisioned.json")));
    }

    /// <summary>Base64 without what JSON may escape or a line may break.</summary>
    private static string Letters(string text) =>
        string.Concat(
            text
                .Replace("\\u002B", "", StringComparison.OrdinalIgnoreCase)
                .Replace("\\n", "", StringComparison.Ordinal)
                .Where(char.IsLetterOrDigit));

    private Task<TestEdge> ClaimingAsync(params (string, string)[] more)
    {
        var file = Write("claim.pem", _authority.Issue("claim"));
        return TestEdge.StartAsync(
            _folder.FullName, _broker.Port, [("Fleet:ClaimCertificateFile", file), ("Fleet:ClaimKeyFile", file), .. more]);
    }

    private Task<TestEdge> EnrolledAsync(int daysPast, int daysLeft)
    {
        var file = Write("enrolled.pem", _authority.Issue("hill", daysPast, daysLeft));
        return TestEdge.StartAsync(_folder.FullName, _broker.Port, ("Forwarding:CertificateFile", file), ("Forwarding:KeyFile", file));
    }

    private string Write(string name, string text)
    {
        var file = Path.Combine(_folder.FullName, name);
        File.Delete(file);
        using var written = new StreamWriter(
            file,
            new FileStreamOptions
            {
                Mode = FileMode.CreateNew,
                Access = FileAccess.Write,
                UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite,
            });
        written.Write(text);
        return file;
    }
}
