using CsCheck;

namespace IotGateway.Cloud.Tests.Api;

/// <summary>Requests that a careless or hostile client may make: any route, any method, parameters and bodies of every odd form.</summary>
internal static class Requests
{
    public static readonly string[] Methods = ["GET", "HEAD", "POST", "PUT", "DELETE", "PATCH", "OPTIONS", "TRACE", "BREW"];

    private static readonly string[] Names = ["from", "to", "limit", "hours", "metric", "metrics", "after", "range", "hive", "nonsense"];

    private static readonly string[] Odd =
    [
        "", "0", "-1", "1", "10000", "2147483648", "99999999999999999999", "1e999", "NaN", "0x10", "%00", "%FF%FE", "%ED%A0%80", "%", "%zz",
        "%F0%9F%90%9D", "..", "%2e%2e%2f", "%5c", "a,b,,c", "hive_temperature", "hive_temperature,hive_humidity", "24h", "hive-1", "hill",
        "0001-01-01T00:00:00Z", "0001-01-01T00:00:00%2B14:00", "9999-12-31T23:59:59.9999999Z", "9999-12-31T23:59:59-14:00",
        "0000-00-00T00:00:00Z", "2021-02-30T00:00:00Z", "2021-07-01T12:00:00Z", "2021-07-01", "1900-01-01", "2199-12-31", "9999-12-31",
        "10000-01-01", "%3Cscript%3E", "%22%27%60", "%0d%0aX-Injected:1", "+", "%20", new('x', 65), new('a', 3000), "%E2%80%AE",
    ];

    private static readonly string[] Bodies =
    [
        "", "{", "{}", "[]", "null", "nonsense", """{"a":"\ud800"}""", """{"\udc00":1}""", """{"a":"\ud83d\ude00"}""", """{"a":1e999}""",
        """{"a":1e-9999999999999999}""", """{"a":-0}""", """{"a":1,"a":2}""", """{"a":1,"\u0061":2}""", """{"window":20}""",
        """{"a":""" + new string('[', 100) + new string(']', 100) + "}", """{"a":null}""", """{"":0}""", "\"\\ud800\"", "{\"a\":\"\0\"}",
        "\uFEFF{}", """{"a":{"b":{"c":[{"d":[1,2,{"e":"f"}]}]}}}""", """{"a":9223372036854775808}""",
    ];

    /// <summary>A request line, and a body with its type where the method has one.</summary>
    public static Gen<(string Method, string Path, string Body, string Type)> Of(IReadOnlyList<string> routes)
    {
        var odd = One(Odd);
        var query = Gen.Select(One(Names), odd).Array[0, 4];
        var types = One("application/json", "application/json; charset=nonsense", "text/plain", "application/gzip", "x");
        return Gen.Select(
            One([.. routes]), One(Methods), Gen.OneOf(One("hive-1", "montreal", "hill"), odd),
            query, One(Bodies), types,
            (route, method, id, asked, body, type) => (method, Path(route, id, asked), body, type));
    }

    private static string Path(string route, string id, (string, string)[] query)
    {
        var path = string.Join('/', route.Split('/').Select(s => s.StartsWith('{') ? id : s));
        path = path.StartsWith('/') ? path : $"/{path}";
        return query.Length == 0 ? path : $"{path}?{string.Join('&', query.Select(q => $"{q.Item1}={q.Item2}"))}";
    }

    private static Gen<string> One(params string[] all) => Gen.Int[0, all.Length - 1].Select(i => all[i]);
}
