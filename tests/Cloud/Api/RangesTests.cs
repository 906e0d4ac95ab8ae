using System.Net;
using System.Net.Http.Json;
using System.Text.Json.Nodes;

namespace IotGateway.Cloud.Tests.Api;

/// <summary>The same rules of from and to on every route that has them.</summary>
public sealed class RangesTests
{
    private static readonly string[] OfTimes =
    [
        "/api/hives/hive-1/readings?metric=hive_temperature&", "/api/hives/hive-1/series?", "/api/hives/hive-1/states?",
        "/api/hives/hive-1/forecasts?", "/api/sites/montreal/forecasts?", "/api/weather/montreal?",
    ];

    private static readonly (string Query, string Parameter)[] Wrong =
    [
        ("from=2021-07-02T00:00:00Z&to=2021-07-01T00:00:00Z", "from"), ("from=2021-07-01T00:00:00Z&to=2021-07-01T00:00:00Z", "from"),
        ("from=yesterday", "from"), ("to=yesterday", "to"), ("from=", "from"), ("to=", "to"), ("from=2021-07-01T12:00:00", "from"),
        ("to=2021-02-30T00:00:00Z", "to"), ("to=0000-01-01T00:00:00Z", "to"), ("from=10000-01-01T00:00:00Z", "from"),
        ("from=2021-07-01T00:00:00Z&from=2021-07-01T00:00:00Z", "from"), ("to=0001-01-01T00:00:00Z", "to"),
        ("from=9999-12-31T23:59:59.9999999Z&to=9999-12-31T23:59:59.9999999Z", "from"),
    ];

    [Fact]
    public async Task EveryRouteNamesAWrongRange()
    {
        using var folder = new TempFolder();
        await using var cloud = await TestCloud.StartAsync(folder.Path, ApiTests.Configuration);
        using var http = cloud.Http;
        foreach (var route in OfTimes)
        {
            foreach (var (query, parameter) in Wrong)
                Assert.Equal((route, query, HttpStatusCode.BadRequest, parameter), await AskAsync(http, route, query));
            foreach (var right in new[]
            {
                "", "to=9999-12-31T23:59:59.9999999Z", "to=1960-01-01T00:00:00Z", "from=0001-01-01T00:00:00Z",
                "from=0001-01-01T00:00:00Z&to=0001-01-01T00:00:01Z", "from=2021-07-01T00:00:00%2B14:00&to=2021-07-01T00:00:00-12:00",
            })
                Assert.Equal((route, right, HttpStatusCode.OK, null), await AskAsync(http, route, right));
        }
    }

    [Fact]
    public async Task ARangeOfDaysIsCheckedLikewise()
    {
        using var folder = new TempFolder();
        await using var cloud = await TestCloud.StartAsync(folder.Path, ApiTests.Configuration);
        using var http = cloud.Http;
        const string route = "/api/weather/montreal/days?";
        foreach (var (query, parameter) in new[]
        {
            ("from=2021-07-02&to=2021-07-01", "from"), ("from=1899-12-31", "from"), ("to=2200-01-01", "to"), ("to=9999-12-31", "to"),
            ("from=2019-07-01&to=2021-07-01", "from"), ("from=", "from"), ("to=2021-02-30", "to"),
        })
            Assert.Equal((route, query, HttpStatusCode.BadRequest, parameter), await AskAsync(http, route, query));
        foreach (var query in new[] { "", "to=1900-01-01&from=1900-01-01", "from=2199-12-31&to=2199-12-31", "to=1900-01-03" })
            Assert.Equal((route, query, HttpStatusCode.OK, null), await AskAsync(http, route, query));
    }

    private static async Task<(string Route, string Query, HttpStatusCode Status, string? Parameter)> AskAsync(
        HttpClient http, string route, string query)
    {
        using var answer = await http.GetAsync(new Uri(route + query, UriKind.Relative), TestContext.Current.CancellationToken);
        var json = await answer.Content.ReadFromJsonAsync<JsonNode>(TestContext.Current.CancellationToken);
        return (route, query, answer.StatusCode, (string?)json!["parameter"]);
    }
}
