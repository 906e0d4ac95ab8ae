using System.Net;
using System.Net.Http.Json;
using System.Text;
using System.Text.Json;
using IotGateway.Cloud.Hives.Visits;
using IotGateway.Cloud.Sites;
using IotGateway.Cloud.Tests.Web;

namespace IotGateway.Cloud.Tests.Disease;

/// <summary>Scenarios of three sites by their visits, and of apiaries that a request tells of; the clocks stand at 20 July 2021.</summary>
public sealed class ScenarioTests : IAsyncLifetime
{
    private static readonly DateTimeOffset Now = new(2021, 7, 20, 12, 0, 0, TimeSpan.Zero);
    private readonly TempFolder _folder = new();
    private PagesHost _host = null!;

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        _host = await PagesHost.StartAsync(_folder.Path, Sites(("north", 45.51), ("south", 45.50), ("far", 46.5)), judging: false);
        foreach (var hive in new[] { "north", "south", "far" })
            _host.Store(PagesHost.Device(hive), "hive_temperature", [(Now, 34.5)]);
    }

    public async ValueTask DisposeAsync()
    {
        await _host.DisposeAsync();
        _folder.Dispose();
    }

    [Fact]
    public async Task TheApiTellsEachApiarysChancesWithIntervalSourceAndStatement()
    {
        await WriteAsync("north", new Visit(Now.AddDays(-3), "Ada") { MiteWash = new MiteWash(40, 300) });
        await WriteAsync("south", new Visit(Now.AddDays(-3), "Ada") { MiteWash = new MiteWash(3, 300) });
        var answer = await GetAsync("/api/disease?treatment=thymol&at=north");

        Assert.Contains("It is no forecast", answer.GetProperty("statement").GetString(), StringComparison.Ordinal);
        Assert.Equal([2, 4, 8], answer.GetProperty("weeks").EnumerateArray().Select(w => w.GetInt32()));
        var apiaries = answer.GetProperty("apiaries").EnumerateArray().ToDictionary(a => a.GetProperty("id").GetString()!);
        Assert.Equal(["far", "north", "south"], apiaries.Keys.Order());
        Assert.Equal([0, 1, 1], apiaries.OrderBy(a => a.Key).Select(a => a.Value.GetProperty("neighbours").GetInt32()));
        Assert.True(Chance(apiaries["south"], "against") < Chance(apiaries["south"], "chances"));
        Assert.Equal(Chance(apiaries["far"], "chances"), Chance(apiaries["far"], "against"));
        Assert.All(
            answer.GetProperty("parameters").EnumerateArray(), p => Assert.True(p.GetProperty("source").GetString()!.Length > 20));
        Assert.Contains(
            answer.GetProperty("notes").EnumerateArray(), n => n.GetString()!.StartsWith("Of 1 apiary nobody", StringComparison.Ordinal));
    }

    [Fact]
    public async Task FoulbroodSpreadsFromWhatAVisitFoundAndMovesAreSplits()
    {
        Assert.Contains(
            "No visit has found it", (await GetAsync("/api/disease?kind=american-foulbrood")).GetProperty("notSaid").GetString(),
            StringComparison.Ordinal);
        await WriteAsync("north", new Visit(Now.AddDays(-9), "Ada") { Split = new Split(4, "far") });
        await WriteAsync("north", new Visit(Now.AddDays(-2), "Ada") { Disease = BroodDisease.AmericanFoulbrood });
        var answer = await GetAsync("/api/disease?kind=american-foulbrood&standstill=true");
        var apiaries = answer.GetProperty("apiaries").EnumerateArray().ToDictionary(a => a.GetProperty("id").GetString()!);

        Assert.Equal(1, Chance(apiaries["north"], "chances"));
        Assert.InRange(Chance(apiaries["south"], "chances"), 0.001, 0.9);
        Assert.True(Chance(apiaries["far"], "chances") > 0.05 && Chance(apiaries["far"], "against") == 0);
    }

    [Fact]
    public async Task ALostColonyAndAHealedOneAreNoSource()
    {
        await WriteAsync("north", new Visit(Now.AddDays(-9), "Ada") { Disease = BroodDisease.EuropeanFoulbrood });
        await WriteAsync("north", new Visit(Now.AddDays(-2), "Ada") { Disease = BroodDisease.None });
        await WriteAsync("far", new Visit(Now.AddDays(-2), "Ada")
        {
            Disease = BroodDisease.EuropeanFoulbrood,
            Loss = new Loss(LossCause.Disease),
        });
        var answer = await GetAsync("/api/disease?kind=european-foulbrood");

        Assert.Contains("No visit has found it", answer.GetProperty("notSaid").GetString(), StringComparison.Ordinal);
        Assert.Equal("no colony lives there", answer.GetProperty("leftOut")[0].GetProperty("reason").GetString());
    }

    [Theory]
    [InlineData("kind=nosema", "one of varroa, american-foulbrood, european-foulbrood")]
    [InlineData("treatment=sugar", "one with a published efficacy against it: oxalic-acid")]
    [InlineData("kind=american-foulbrood&treatment=thymol", "one with a published efficacy against it: destruction")]
    [InlineData("at=nowhere", "ids of apiaries that are asked about")]
    [InlineData("standstill=perhaps", "true or false")]
    [InlineData("drawn=1", "true or false")]
    [InlineData("seed=-1", "a whole number from 0")]
    public async Task AWrongParameterIsRefusedByItsName(string query, string expected)
    {
        using var answer = await _host.Client.GetAsync(new Uri($"/api/disease?{query}", UriKind.Relative), Stop);

        Assert.Equal(HttpStatusCode.BadRequest, answer.StatusCode);
        Assert.Contains(expected, await answer.Content.ReadAsStringAsync(Stop), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("""{"apiaries":[]}""", 200, "no apiary with a living colony")]
    [InlineData("""{"apiaries":[{"id":"a","latitude":45,"longitude":7,"colonies":4}]}""", 200, "one apiary alone")]
    [InlineData("""{"apiaries":[{"id":"a","latitude":95,"longitude":7,"colonies":4}]}""", 400, "latitude")]
    [InlineData("""{"apiaries":[{"id":"a","colonies":4}]}""", 400, "latitude")]
    [InlineData("""{"apiaries":[{"id":"a","latitude":45,"longitude":7,"colonies":-2}]}""", 400, "colonies of apiary a")]
    [InlineData("""{"apiaries":[null]}""", 400, "null")]
    [InlineData("""{"apiaries":[{"id":"a","latitude":45,"longitude":7,"colonies":4,"washes":[null]}]}""", 400, "null")]
    [InlineData(
        """{"apiaries":[{"id":"a","latitude":45,"longitude":7,"colonies":4,"washes":[{"mites":5,"bees":0}]}]}""", 400, "bees in a wash")]
    [InlineData(
        """
        {"apiaries":[{"id":"a","latitude":45,"longitude":7,"colonies":4}],"moves":[{"from":"a","to":"b","coloniesPerWeek":1}]}
        """,
        400, "apiary of a move")]
    [InlineData("""{"apiaries":1}""", 400, "cannot be read")]
    [InlineData("null", 400, "null")]
    public async Task ARequestsApiariesAreTakenOrRefusedByName(string body, int status, string said)
    {
        using var content = new StringContent(body, Encoding.UTF8, "application/json");
        using var answer = await _host.Client.PostAsync(new Uri("/api/disease", UriKind.Relative), content, Stop);
        var text = await answer.Content.ReadAsStringAsync(Stop);

        Assert.True((int)answer.StatusCode == status && text.Contains(said, StringComparison.Ordinal), text);
    }

    [Fact]
    public async Task ThePageHasAMapATableAndTheWordScenarioEverywhere()
    {
        var page = WebUtility.HtmlDecode(await _host.Client.GetStringAsync(
            new Uri("/disease?treatment=oxalic-acid&standstill=true", UriKind.Relative), Stop));

        Assert.Equal(3, Count(page, "<svg class=\"apiaries\" "));
        Assert.Equal(6, Count(page, "Scenario in "));
        Assert.Contains("<tr id=\"apiary-north\">", page, StringComparison.Ordinal);
        Assert.Equal(3, Count(page, "href=\"#apiary-north\""));
        Assert.Contains("was never held against what came and is no forecast", page, StringComparison.Ordinal);
        Assert.Contains("Frey, Schnell & Rosenkranz 2011", page, StringComparison.Ordinal);
    }

    private static int Count(string text, string part) => text.Split(part).Length - 1;

    private static double Chance(JsonElement apiary, string of) => apiary.GetProperty(of)[2].GetProperty("value").GetDouble();

    private async Task WriteAsync(string hive, Visit visit) =>
        await _host.Get<VisitBook>().AddAsync(_host.Get<Apiary>().FindHive(hive)!, visit, Stop);

    private async Task<JsonElement> GetAsync(string path) =>
        await _host.Client.GetFromJsonAsync<JsonElement>(new Uri(path, UriKind.Relative), Stop);

    /// <summary>A recorded site for each hive, of the same name.</summary>
    private static Apiary Sites(params (string Id, double Latitude)[] sites)
    {
        var options = new ApiaryOptions();
        foreach (var (id, latitude) in sites)
        {
            options.Sites.Add(new SiteOptions
            {
                Id = id,
                Latitude = latitude,
                Longitude = -73.6,
                TimeZone = "America/Toronto",
                Origin = Origin.Recorded,
            });
            options.Hives.Add(new HiveOptions { Id = id, Site = id, Device = PagesHost.Device(id).ToString() });
        }

        return Apiary.From(options);
    }
}
