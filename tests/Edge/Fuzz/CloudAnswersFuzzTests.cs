using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using CsCheck;
using IotGateway.Edge.Fleet;
using IotGateway.Edge.Forwarding.Cloud;
using IotGateway.Edge.Identity;
using IotGateway.Edge.Settings;
using IotGateway.Edge.Tests.Buffer.Disks;
using IotGateway.Edge.Tests.Fleet;
using IotGateway.Telemetry.Fleet;
using IotGateway.Telemetry.Wire;
using IotGateway.Tests.Services;
using Microsoft.Extensions.Logging.Abstractions;
using MQTTnet;

namespace IotGateway.Edge.Tests.Fuzz;

/// <summary>Answers and documents of the cloud, mutated: no exception but the reader's own.</summary>
public sealed class CloudAnswersFuzzTests : IDisposable
{
    private const string Shadow = """
        {"state":{"desired":{"backlogShare":0.3,"window":20,"statusSeconds":60,"bytesPerSecond":"no","other":{"a":[1]}},
        "reported":{"backlogShare":0.5,"rejected":{"window":"is 0"}}},"version":7,"timestamp":1790000000}
        """;

    private readonly TemporaryFolder _folder = new();
    private readonly LiveTuning _tuning = new(new ForwardingOptions().Tuning(new ThresholdOptions()));
    private readonly IdentityFolder _identities;

    public CloudAnswersFuzzTests() => _identities = new IdentityFolder(In("identity"), "", "", mayClaim: true);

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void StoredAnswers() => FuzzShare.Read(
        Mutations.Of(
            """{"stream":"k3f9","contiguous":13,"stored":[{"first":12,"last":13}],"refused":[{"first":14,"last":14,"reason":"x"}]}""",
            Encoding.UTF8.GetString(new StoredAnswer("k3f9", 13, [new(12, 13), new(20, 30)], [new(14, 14, "bad_record")]).ToJson())),
        1_000_000, 20_000, bytes =>
        {
            try
            {
                Assert.NotNull(StoredAnswer.Parse(bytes).Stream);
            }
            catch (BatchFormatException)
            {
                // The reader's own.
            }
        });

    [Fact]
    public async Task ShadowDocuments()
    {
        var shadow = new ConfigShadow(
            "hill", new SettingsFile(In("settings.json"), In("provisioned.json"), _tuning, new FleetStatus(_identities, _tuning)), _tuning,
            NullLogger<ConfigShadow>.Instance);
        var get = FleetTopics.ShadowGet("hill");
        using var connection = new CancellationTokenSource();
        var link = new CloudLink(StubClient.Make(_ => { }), _ => { });
        var running = shadow.RunAsync(link, connection.Token);
        var i = 0;
        await FuzzShare.ReadAsync(Mutations.Of(Shadow, """{"code":404,"message":"No shadow exists"}"""), 1_000_000, 2_000, async bytes =>
        {
            link.Take(new MqttApplicationMessage
            {
                Topic = i++ % 3 == 0 ? FleetTopics.Rejected(get) : FleetTopics.Accepted(get),
                PayloadSegment = bytes,
            });
            while (link.Messages.Count > 0 && !running.IsCompleted)
                await Task.Yield();
            if (running.IsFaulted)
                await running;
        });
        await connection.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => running);
    }

    [Fact]
    public void SettingsFiles() => FuzzShare.Read(
        Mutations.Of("""{"backlogShare":0.3,"window":20,"duplicateFrames":1000}""", """{"statusSeconds":60,"warnShare":0.9}"""),
        1_000_000, 2_000, bytes =>
        {
            File.WriteAllBytes(In("settings.json"), bytes);
            File.WriteAllBytes(In("provisioned.json"), bytes);
            new SettingsFile(In("settings.json"), In("provisioned.json"), _tuning, new FleetStatus(_identities, _tuning)).Load();
            Assert.InRange(_tuning.Now.BacklogShare, 0.05, 0.95);
        });

    [Fact]
    public async Task ProvisioningAnswers()
    {
        var authority = new TestAuthority();
        var order = new CertificateOrder(new FleetOptions(), "hill", mayBeRenamed: true, _identities, TimeProvider.System);
        var provision = FleetTopics.Provision("iotgateway");
        await FuzzShare.ReadAsync(Gen.Int.Select(n => BitConverter.GetBytes(n)), 1_000_000, 300, async seed =>
        {
            CloudLink? link = null;
            var number = BitConverter.ToInt32(seed);
            link = new CloudLink(StubClient.Make(asked => link!.Take(Answer(authority, asked, provision, number))), _ => { });
            try
            {
                await order.RunAsync(link, TestContext.Current.CancellationToken);
            }
            catch (CloudRefusedException)
            {
                // The reader's own.
            }

            foreach (var left in _identities.Candidates())
                _identities.Drop(left);
        });
    }

    /// <summary>The right answer, mutated at one of the two steps, or a refusal.</summary>
    private static MqttApplicationMessage Answer(TestAuthority authority, MqttApplicationMessage asked, string provision, int seed)
    {
        var first = asked.Topic == FleetTopics.CreateFromCsr;
        var good = first
            ? JsonSerializer.SerializeToUtf8Bytes(
                new CsrAccepted(
                    "0123", authority.Sign(JsonNode.Parse(asked.Payload.FirstSpan)!["certificateSigningRequest"]!.GetValue<string>()),
                    "token"),
                FleetJson.Default.CsrAccepted)
            : """{"thingName":"hill","deviceConfiguration":{"window":"20","backlogShare":0.3,"note":"\u00e9"}}"""u8.ToArray();
        var mutated = first == (seed % 2 == 0);
        var refused = seed % 7 == 0;
        if (refused)
            good = """{"statusCode":403,"errorCode":"AccessDenied","errorMessage":"not in the list"}"""u8.ToArray();
        return new MqttApplicationMessage
        {
            Topic = refused ? FleetTopics.Rejected(first ? FleetTopics.CreateFromCsr : provision) : FleetTopics.Accepted(asked.Topic),
            PayloadSegment = mutated ? Mutations.Of([good], seed) : good,
        };
    }

    private string In(string name) => Path.Combine(_folder.Path, name);
}
