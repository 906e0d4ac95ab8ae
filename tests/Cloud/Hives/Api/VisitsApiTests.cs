using System.Net;
using System.Text;
using System.Text.Json;
using IotGateway.Cloud.Hives.Visits;
using IotGateway.Cloud.Sites;
using IotGateway.Cloud.Tests.Web;
using IotGateway.Telemetry;

namespace IotGateway.Cloud.Tests.Hives.Api;

/// <summary>Visits written and read over HTTP, on a recorded site whose clock stands at noon of 21 July 2021.</summary>
public sealed class VisitsApiTests : IAsyncLifetime
{
    private const string Path = "/api/hives/a/visits";
    private static readonly DateTimeOffset Noon = new(2021, 7, 21, 12, 0, 0, TimeSpan.Zero);
    private readonly TempFolder _folder = new();
    private PagesHost _host = null!;

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        _host = await PagesHost.StartAsync(
            _folder.Path, PagesHost.Apiary(Origin.Recorded, ("a", "A"), ("b", "B")), judging: false);
        SetClock(Noon);
    }

    public async ValueTask DisposeAsync()
    {
        await _host.DisposeAsync();
        _folder.Dispose();
    }

    [Fact]
    public async Task AVisitIsWrittenOnceAndSentAgainChangesNothing()
    {
        const string Visit = """
            {"begin":"2021-07-21T07:00:00-04:00","end":"2021-07-21T07:20:00-04:00","author":"Ada","boxes":2,"framesOfBees":17.5,
             "queen":"not-seen","miteWash":{"mites":5,"bees":312},"treatment":{"means":"oxalic-acid"},
             "feeding":{"food":"syrup","kilograms":4},
             "checklist":{"brood":true,"space":false},
             "equipment":{"boxesAdded":1}}
            """;
        var (status, written) = await PostAsync(Visit);
        Assert.Equal(HttpStatusCode.Created, status);
        Assert.Equal("2021-07-21T11:00:00Z", written.GetProperty("visit").GetProperty("begin").GetString());
        Assert.Equal("2021-07-21T12:00:00Z", written.GetProperty("known").GetString());

        var (again, same) = await PostAsync(Visit);
        Assert.Equal(HttpStatusCode.OK, again);
        Assert.Equal(written.GetRawText(), same.GetRawText());
        var only = Assert.Single((await GetAsync(Path)).GetProperty("visits").EnumerateArray());
        Assert.Equal(written.GetRawText(), only.GetRawText());
    }

    [Fact]
    public async Task AnotherVisitOfTheSameHoursIsRefusedAndAnotherPersonsIsNot()
    {
        await PostAsync(Text("10:00", "Ada"));
        Assert.Equal(HttpStatusCode.Conflict, (await PostAsync(Text("10:00", "Ada", ",\"boxes\":3"))).Status);
        Assert.Equal(HttpStatusCode.Conflict, (await PostAsync(Text("10:30", "Ada"))).Status);
        Assert.Equal(HttpStatusCode.Created, (await PostAsync(Text("10:30", "Bo"))).Status);
        Assert.Equal(HttpStatusCode.Created, (await PostAsync(Text("11:00", "Ada"))).Status);
    }

    [Fact]
    public async Task ACorrectionIsANewVersionOfTheOneThatStands()
    {
        var (_, first) = await PostAsync(Text("10:00", "Ada"));
        var path = $"{Path}/{first.GetProperty("id").GetString()}";
        var corrected = $$"""{"corrects":1,"visit":{{Text("10:00", "Bo", ",\"framesOfBees\":8")}}}""";
        Assert.Equal(HttpStatusCode.Created, (await PutAsync(path, corrected)).Status);
        Assert.Equal(HttpStatusCode.OK, (await PutAsync(path, corrected)).Status);
        var (late, problem) = await PutAsync(path, $$"""{"corrects":1,"visit":{{Text("10:00", "Cy")}}}""");
        Assert.Equal(HttpStatusCode.Conflict, late);
        Assert.Contains("Version 2 stands", problem.GetProperty("detail").GetString(), StringComparison.Ordinal);

        var versions = (await GetAsync(path)).GetProperty("versions");
        Assert.Equal(["1 Ada", "2 Bo"], versions.EnumerateArray().Select(v =>
            $"{v.GetProperty("version").GetInt32()} {v.GetProperty("visit").GetProperty("author").GetString()}"));
        Assert.Equal(first.GetRawText(), versions[0].GetRawText());

        Assert.Equal(HttpStatusCode.Created, (await PutAsync(path, """{"corrects":2,"withdrawn":true}""")).Status);
        Assert.Empty((await GetAsync(Path)).GetProperty("visits").EnumerateArray());
        Assert.Equal(3, (await GetAsync(path)).GetProperty("versions").GetArrayLength());
        Assert.Equal(HttpStatusCode.BadRequest, (await PutAsync(path, """{"corrects":3}""")).Status);
        Assert.Equal(HttpStatusCode.NotFound, (await PutAsync($"{Path}/none", corrected)).Status);
        Assert.Equal(HttpStatusCode.NotFound, (await _host.Client.GetAsync($"{Path}/none", Stop)).StatusCode);
    }

    [Fact]
    public async Task WhatWasKnownAtATimeKnowsNoLaterVersion()
    {
        var book = _host.Get<VisitBook>();
        var hive = _host.Get<Apiary>().FindHive("a")!;
        var (_, first) = await PostAsync(Text("10:00", "Ada", ",\"boxes\":1"));
        SetClock(Noon.AddHours(5));
        var corrected = Text("10:00", "Ada", ",\"boxes\":2");
        await PutAsync($"{Path}/{first.GetProperty("id").GetString()}", $$"""{"corrects":1,"visit":{{corrected}}}""");

        Assert.Empty(await book.KnownAsync(hive, Noon.AddSeconds(-1), Stop));
        Assert.Equal(1, Assert.Single(await book.KnownAsync(hive, Noon, Stop)).Visit.Boxes);
        Assert.Equal(2, Assert.Single(await book.KnownAsync(hive, Noon.AddHours(5), Stop)).Visit.Boxes);
    }

    [Fact]
    public async Task AListGoesOnBehindTheLastOfAPage()
    {
        foreach (var hour in new[] { "03:00", "05:00", "07:00", "09:00", "11:00" })
            await PostAsync(Text(hour, "Ada"));
        var seen = new List<string>();
        for (var next = $"{Path}?limit=2"; next is not null;)
        {
            var page = await GetAsync(next);
            seen.AddRange(page.GetProperty("visits").EnumerateArray().Select(
                v => v.GetProperty("visit").GetProperty("begin").GetString()![11..16]));
            next = page.TryGetProperty("next", out var more) ? more.GetString() : null;
        }

        Assert.Equal(["11:00", "09:00", "07:00", "05:00", "03:00"], seen);
        Assert.Equal(HttpStatusCode.BadRequest, (await _host.Client.GetAsync($"{Path}?after=none", Stop)).StatusCode);
        Assert.Equal(HttpStatusCode.BadRequest, (await _host.Client.GetAsync($"{Path}?limit=0", Stop)).StatusCode);
        Assert.Equal(HttpStatusCode.NotFound, (await _host.Client.GetAsync("/api/hives/none/visits", Stop)).StatusCode);
    }

    [Theory]
    [InlineData("begin", "\"2021-07-22T10:00:00Z\"")]
    [InlineData("begin", "\"1980-07-21T10:00:00Z\"")]
    [InlineData("end", "\"2021-07-21T09:00:00Z\"")]
    [InlineData("end", "\"2021-07-21T22:30:00Z\"")]
    [InlineData("author", "\" \"")]
    [InlineData("author", "\"two\\nlines\"")]
    [InlineData("boxes", "0")]
    [InlineData("boxes", "13")]
    [InlineData("framesOfBees", "-2")]
    [InlineData("framesOfBees", "400")]
    [InlineData("framesOfBees", "1e999")]
    [InlineData("framesOfBrood", "-0.5")]
    [InlineData("storesKilograms", "-1")]
    [InlineData("miteWash.bees", "{\"mites\":5,\"bees\":0}")]
    [InlineData("miteWash.mites", "{\"mites\":-1,\"bees\":300}")]
    [InlineData("feeding.kilograms", "{\"food\":\"syrup\",\"kilograms\":0}")]
    [InlineData("harvest.kilograms", "{\"kilograms\":2000}")]
    [InlineData("split.frames", "{\"frames\":0}")]
    [InlineData("equipment.boxesAdded", "{\"boxesAdded\":-1}")]
    public async Task AWrongFieldIsRefusedByItsName(string field, string value)
    {
        var name = field.Split('.')[0];
        var fields = new Dictionary<string, string> { ["begin"] = "\"2021-07-21T10:00:00Z\"", ["author"] = "\"Ada\"", [name] = value };
        var (status, problem) = await PostAsync("{" + string.Join(",", fields.Select(f => $"\"{f.Key}\":{f.Value}")) + "}");
        Assert.Equal(HttpStatusCode.BadRequest, status);
        Assert.Equal(field, problem.GetProperty("parameter").GetString());
        Assert.Empty((await GetAsync(Path)).GetProperty("visits").EnumerateArray());
    }

    [Fact]
    public async Task FramesThatTheBoxesCannotHoldAreRefused()
    {
        Assert.Equal(HttpStatusCode.Created, (await PostAsync(Text("10:00", "Ada", ",\"boxes\":2,\"framesOfBees\":24"))).Status);
        Assert.Equal(HttpStatusCode.BadRequest, (await PostAsync(Text("08:00", "Ada", ",\"boxes\":2,\"framesOfBees\":25"))).Status);
    }

    [Theory]
    [InlineData("null")]
    [InlineData("{")]
    [InlineData("""{"begin":"2021-07-21T10:00:00","author":"Ada"}""")]
    [InlineData("""{"begin":"2021-07-21T10:00:00Z"}""")]
    [InlineData("""{"begin":"2021-07-21T10:00:00Z","author":null}""")]
    [InlineData("""{"begin":"2021-07-21T10:00:00Z","author":"Ada","bees":3}""")]
    [InlineData("""{"begin":"2021-07-21T10:00:00Z","author":"Ada","boxes":2,"boxes":3}""")]
    [InlineData("""{"begin":"2021-07-21T10:00:00Z","author":"Ada","boxes":"2"}""")]
    [InlineData("""{"begin":"2021-07-21T10:00:00Z","author":"Ada","queen":1}""")]
    [InlineData("""{"begin":"2021-07-21T10:00:00Z","author":"Ada","queen":"gone"}""")]
    [InlineData("""{"begin":"2021-07-21T10:00:00Z","author":"Ada","miteWash":{"mites":5}}""")]
    public async Task ABodyThatIsNoVisitIsRefused(string body) => Assert.Equal(HttpStatusCode.BadRequest, (await PostAsync(body)).Status);

    [Fact]
    public async Task APageOfAnotherSiteCannotWriteAndALongBodyIsRefused()
    {
        using var form = new StringContent(Text("10:00", "Ada"), Encoding.UTF8, "text/plain");
        Assert.Equal(HttpStatusCode.UnsupportedMediaType, (await _host.Client.PostAsync(Path, form, Stop)).StatusCode);
        var tooLong = Text("10:00", "Ada", $",\"note\":\"{new string('x', 20_000)}\"");
        Assert.Equal(HttpStatusCode.RequestEntityTooLarge, (await PostAsync(tooLong)).Status);
        Assert.Equal(HttpStatusCode.NotFound, (await SendAsync(HttpMethod.Post, "/api/hives/none/visits", Text("10:00", "Ada"))).Status);
    }

    private static string Text(string hour, string author, string more = "") =>
        $$"""{"begin":"2021-07-21T{{hour}}:00Z","author":"{{author}}"{{more}}}""";

    private void SetClock(DateTimeOffset now) => _host.Store(PagesHost.Device("a"), Metrics.HiveTemperature, [(now, 34.5)]);

    private async Task<JsonElement> GetAsync(string path) => JsonElement.Parse(await _host.Client.GetStringAsync(path, Stop));

    private Task<(HttpStatusCode Status, JsonElement Body)> PostAsync(string body) => SendAsync(HttpMethod.Post, Path, body);

    private Task<(HttpStatusCode Status, JsonElement Body)> PutAsync(string path, string body) => SendAsync(HttpMethod.Put, path, body);

    private async Task<(HttpStatusCode Status, JsonElement Body)> SendAsync(HttpMethod method, string path, string body)
    {
        using var request = new HttpRequestMessage(method, path) { Content = new StringContent(body, Encoding.UTF8, "application/json") };
        using var answer = await _host.Client.SendAsync(request, Stop);
        return (answer.StatusCode, JsonElement.Parse(await answer.Content.ReadAsStringAsync(Stop)));
    }
}
