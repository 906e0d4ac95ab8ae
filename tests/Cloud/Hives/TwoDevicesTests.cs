using System.Net;
using System.Text.Json;
using IotGateway.Cloud.Hives.State;
using IotGateway.Cloud.Hives.State.Rule;
using IotGateway.Cloud.Observations;
using IotGateway.Cloud.Sites;
using IotGateway.Cloud.Tests.Sites;
using IotGateway.Cloud.Tests.Web;
using IotGateway.Telemetry;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;

namespace IotGateway.Cloud.Tests.Hives;

/// <summary>A hive whose temperature one device measures and all else another, which has a thermometer of its own.</summary>
public sealed class TwoDevicesTests : IAsyncLifetime
{
    private static readonly DateTimeOffset Start = new(2021, 7, 1, 0, 0, 0, TimeSpan.Zero);
    private static readonly DeviceId Nest = DeviceId.Parse("b1"), Other = DeviceId.Parse("b2");

    private readonly TempFolder _folder = new();
    private PagesHost _host = null!;

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    private Subject Hive => _host.Get<Apiary>().FindHive("hive-3")!;

    public async ValueTask InitializeAsync()
    {
        var configuration = new ConfigurationBuilder()
            .AddInMemoryCollection(Some.Configuration)
            .AddInMemoryCollection(Some.TwoDevices)
            .Build();
        _host = await PagesHost.StartAsync(
            _folder.Path, Apiary.From(ApiaryOptions.Read(configuration)), judging: false,
            also: services => services.AddSingleton<StateRuns>());
        _host.Store(Nest, Metrics.HiveTemperature, Hours(0, 60).Select(t => (t, 34.5)));
        _host.Store(Other, Metrics.HiveTemperature, Hours(0, 70).Select(t => (t, 12.5)));
        _host.Store(Other, Metrics.HiveHumidity, Hours(0, 61).Select(t => (t, 55.0)));
    }

    public async ValueTask DisposeAsync()
    {
        await _host.DisposeAsync();
        _folder.Dispose();
    }

    [Fact]
    public void EachMetricHasTheDeviceThatSpeaksForIt()
    {
        Assert.Equal(Nest, Hive.DeviceFor(Metrics.HiveTemperature));
        Assert.Equal(Other, Hive.DeviceFor(Metrics.HiveHumidity));
        Assert.Equal("brood nest", Hive.Devices[0].Position);
        Assert.Same(Hive, _host.Get<Apiary>().Find(Nest));
        Assert.Same(Hive, _host.Get<Apiary>().Find(Other));
    }

    [Fact]
    public async Task TheSitesClockGoesByWhatTheDevicesSpeakFor()
    {
        var newest = Hours(0, 61).Last();
        Assert.Equal(newest, await _host.Get<SiteClock>().NowAsync(Hive.Site, Stop));
    }

    [Fact]
    public async Task TheRuleJudgesByTheDeviceThatSpeaks()
    {
        await _host.Get<StateRuns>().CatchUpAsync(Stop);
        var state = (await _host.Get<StateStore>().NewestAsync(Hive, Stop))!;
        Assert.Equal(34.5, state.Evidence.TemperatureCelsius);
        Assert.Equal(55, state.Evidence.HumidityPercent);
    }

    [Fact]
    public async Task PagesAndApiShowBothDevicesAsOneHive()
    {
        foreach (var path in new[] { "/", "/hives/hive-3" })
        {
            var page = WebUtility.HtmlDecode(await _host.Client.GetStringAsync(path, Stop));
            Assert.Contains("34.5", page, StringComparison.Ordinal);
            Assert.DoesNotContain("12.5", page, StringComparison.Ordinal);
            Assert.Contains("55", page, StringComparison.Ordinal);
        }

        Assert.Contains("In the brood nest: b1", await _host.Client.GetStringAsync("/hives/hive-3", Stop), StringComparison.Ordinal);
        var hive = JsonElement.Parse(await _host.Client.GetStringAsync("/api/hives/hive-3", Stop));
        Assert.Equal(
            ["hive_humidity 55", "hive_temperature 34.5"],
            hive.GetProperty("latest").EnumerateArray().Select(s => $"{s.GetProperty("metric")} {s.GetProperty("value")}"));
        Assert.Equal(
            ["b1 brood nest", "b2 "],
            hive
                .GetProperty("devices")
                .EnumerateArray()
                .Select(d => $"{d.GetProperty("device")} {(d.TryGetProperty("position", out var p) ? p : "")}"));
        var readings = JsonElement.Parse(await _host.Client.GetStringAsync("/api/hives/hive-3/readings?metric=hive_temperature", Stop))
            .GetProperty("readings");
        Assert.All(readings.EnumerateArray(), r => Assert.Equal(34.5, r.GetProperty("value").GetDouble()));
    }

    private static IEnumerable<DateTimeOffset> Hours(int from, int to) =>
        Enumerable.Range(from * 4, (to - from) * 4).Select(q => Start.AddMinutes((q * 15) + 5));
}
