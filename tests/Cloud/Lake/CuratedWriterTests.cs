using System.Text.Json;
using IotGateway.Cloud.Data;
using IotGateway.Cloud.Lake.Raw;
using IotGateway.Cloud.Objects;
using IotGateway.Hosting.Configuration;
using IotGateway.Telemetry;
using IotGateway.Telemetry.Wire;
using static IotGateway.Cloud.Tests.TestGateway;

namespace IotGateway.Cloud.Tests.Lake;

public sealed class CuratedWriterTests
{
    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Fact]
    public async Task TheRawLakeIsCuratedAndItsStateSaid()
    {
        using var folder = new TempFolder();
        await using (await TestCloud.StartAsync(folder.Path))
        {
            // Its keys are made: a lake without them would be a backup that lacks something.
        }

        var raw = new RawObjects(new FolderObjects(new DataFolder(folder.Path).Lake));
        var bad = Reading(1, -40, "a1", Metrics.Weight) with { Quality = Quality.OutOfRange };
        await raw.PutAsync([new RawBatch("hill", "s1", new SequenceRange(1, 2), Noon, Encode("hill", 1, Reading(0, 1), bad))], Stop);
        await raw.PutAsync([new RawBatch("hill", "s1", new SequenceRange(3, 3), Noon, "{}"u8.ToArray())], Stop);

        await using var cloud = await TestCloud.StartAsync(folder.Path);
        using var http = cloud.Http;
        using var patience = CancellationTokenSource.CreateLinkedTokenSource(Stop);
        patience.CancelAfter(TimeSpan.FromSeconds(20));
        using var again = new PeriodicTimer(TimeSpan.FromMilliseconds(50));
        JsonElement status;
        do
        {
            await again.WaitForNextTickAsync(patience.Token);
            status = JsonElement.Parse(await http.GetStringAsync(new Uri("/api/status", UriKind.Relative), patience.Token));
        }
        while (status.GetProperty("curatedFiles").GetInt32() == 0);

        var curated = status.GetProperty("curated");
        Assert.Equal(1, curated.GetProperty("rows").GetInt32());
        var held = Assert.Single(curated.GetProperty("held").EnumerateArray());
        Assert.Equal(
            ("weight", "2021-07-01", "flagged_share"),
            (held.GetProperty("metricFamily").GetString(), held.GetProperty("date").GetString(), held.GetProperty("reason").GetString()));
        Assert.Equal("bad_envelope", Assert.Single(curated.GetProperty("unreadable").EnumerateArray()).GetProperty("reason").GetString());
    }

    [Theory]
    [InlineData("Curated:IntervalSeconds", "0", "1 to 86400")]
    [InlineData("Curated:FlaggedShareLimit", "1.5", "0 to 1")]
    [InlineData("Curated:GraceMinutes", "0", "1 to 10080")]
    [InlineData("Curated:AllDaysMinutes", "0", "1 to 10080")]
    [InlineData("Curated:SymlinkRoot", "bucket", "nothing, or s3://bucket/ with a slash at its end")]
    public async Task AWrongOptionIsNamed(string key, string value, string expected)
    {
        using var folder = new TempFolder();
        var error = await Assert.ThrowsAsync<ConfigurationException>(() => TestCloud.StartAsync(folder.Path, $"--{key}", value));
        Assert.Equal($"{key} is '{value}'; expected {expected}.", error.Message);
    }
}
