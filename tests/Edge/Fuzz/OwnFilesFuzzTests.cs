using System.Text;
using System.Text.Json;
using IotGateway.Edge.Clock;
using IotGateway.Edge.Forwarding.Answers;
using IotGateway.Edge.Forwarding.Cloud;
using IotGateway.Edge.Identity;
using IotGateway.Edge.Objects;
using IotGateway.Edge.Objects.Incoming;
using IotGateway.Edge.Settings;
using IotGateway.Edge.Sources.Mqtt;
using IotGateway.Edge.Tests.Buffer;
using IotGateway.Edge.Tests.Buffer.Disks;
using IotGateway.Edge.Tests.Clock;
using IotGateway.Edge.Tests.Fleet;
using IotGateway.Hosting;
using IotGateway.Telemetry;
using IotGateway.Tests.Services;
using Microsoft.Extensions.Logging.Abstractions;

namespace IotGateway.Edge.Tests.Fuzz;

/// <summary>The gateway's own files and the names of files, mutated: it starts, whatever a card or a person made of them.</summary>
public sealed class OwnFilesFuzzTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void SessionsOfSources() => FuzzShare.Read(
        Mutations.Of("""{"Broker":"127.0.0.1:1883","Client":"gw-field","Filters":["application/+/device/+/event/#","a/#"]}"""),
        1_000_000, 3_000, bytes =>
        {
            File.WriteAllBytes(In("field.json"), bytes);
            Assert.DoesNotContain("", new SessionFile(_folder.Path, "field").Read("127.0.0.1:1883", "gw-field")?.Filters ?? []);
        });

    [Fact]
    public void BootsOfTheMachine()
    {
        var tuning = new LiveTuning(new ForwardingOptions().Tuning(new ThresholdOptions()));
        FuzzShare.Read(
            Mutations.Of(
                """[{"boot":"this","zero":"2031-05-01T11:59:30+00:00","futureSeconds":300},{"boot":"that","zero":null}]"""),
            1_000_000, 3_000, bytes =>
            {
                File.WriteAllBytes(In("boots.json"), bytes);
                var time = new SetClock();
                var clock = new GatewayClock(
                    new ClockOptions(), new BootRegistry(_folder.Path), tuning, time, NullLogger.Instance, () => default, "this");
                time.Pass(TimeSpan.FromDays(400));
                clock.Look();
                Assert.InRange(clock.Now(), Calendar.Begin, Calendar.End);
                Assert.NotNull(clock.State);
            });
    }

    [Fact]
    public void SidecarsOfObjects()
    {
        var label = new ObjectLabel("image", DeviceId.Parse("dock"), SetClock.Now, "image/jpeg");
        var upload = new MultipartUpload("s3://b (r)", "objects/k", "id", ["\"e\""]);
        var sidecar = JsonSerializer.SerializeToUtf8Bytes(
            new StoredObject("a", label, 3, new string('a', 64), SetClock.Now, "/none", upload), SidecarJson.Default.StoredObject);
        FuzzShare.Read(Mutations.Of(sidecar), 1_000_000, 1_000, bytes =>
        {
            File.WriteAllBytes(In("a.json"), bytes);
            File.WriteAllBytes(In("a.object"), [1, 2, 3]);
            var outbox = ObjectOutbox.Open(
                _folder.Path, new ObjectOptions { Bucket = "bucket", ReserveFreeBytes = 0 }, new Counters(), TimeProvider.System,
                NullLogger.Instance);
            if (outbox.Take(newest: true) is { } next)
                Assert.NotEmpty(ObjectKey.Of("objects", "gw", next.Label, new string('a', 64)));
            foreach (var file in Directory.GetFiles(In("refused")))
                File.Delete(file);
        });
    }

    [Fact]
    public void CandidatesOfTheIdentity()
    {
        var own = In("next-0123.pem");
        FuzzShare.Read(Mutations.Of("thingName: hill\n" + new TestAuthority().Issue("hill")), 1_000_000, 500, bytes =>
        {
            File.WriteAllBytes(own, bytes);
            Assert.InRange(new IdentityFolder(_folder.Path, "", "", mayClaim: true).Candidates().Count, 0, 1);
        });
    }

    [Fact]
    public async Task DeadLettersThatAreQueuedAgain()
    {
        var letters = new DeadLetters(In("dead-letters"));
        await using var buffer = Given.Buffer(Given.Options());
        var requeuer = new Requeuer(letters, buffer, new Counters(), TimeProvider.System, NullLogger<Requeuer>.Instance);
        const string senml = """[{"bn":"a/","bt":1777636800,"brt":1777636800,"n":"hive_temperature","u":"Cel","v":34.5}]""";
        const string stamped = """[{"boot":"b","zero":1000,"wait":true,"bn":"a/","bt":1777636800,"n":"co2","v":1}]""";
        await FuzzShare.ReadAsync(
            Mutations.Of(
                $$"""{"stream":"abc","sequence":7,"refusedAt":"2026-05-01T12:00:00+00:00","reason":"x","readings":1,"senml":{{senml}}}""",
                $$"""{"stream":"abc","sequence":8,"reason":"y","readings":1,"alarm":true,"senml":{{stamped}}}"""),
            1_000_000, 1_000, async bytes =>
            {
                await File.WriteAllBytesAsync(Path.Combine(letters.RequeueFolder, "abc-7.json"), bytes);
                await requeuer.TakeUpAsync(TestContext.Current.CancellationToken);
                Assert.Empty(Directory.GetFiles(letters.RequeueFolder));
                foreach (var letter in letters.All())
                    File.Delete(letters.PathOf(letter.Name));
            });
    }

    [Fact]
    public void NamesInTheDropFolder() => FuzzShare.Read(
        Mutations.Of("dock-1_2021-06-19T001604Z.jpg", "gw:cam_0_2021-06-19T001604.250Z.PNG", "drone.7.tar.gz", "mic.wav"),
        1_000_000, 20_000, bytes =>
        {
            if (IncomingName.Fault(Encoding.UTF8.GetString(bytes), SetClock.Now, urgent: false) is null)
                Assert.NotEmpty(ObjectKey.Of(
                    "objects", "gw", IncomingName.Parse(Encoding.UTF8.GetString(bytes), SetClock.Now, urgent: false), new string('a', 64)));
            Assert.All(IncomingName.Shown(bytes), c => Assert.InRange(c, '!', '~'));
        });

    private string In(string name) => Path.Combine(_folder.Path, name);
}
