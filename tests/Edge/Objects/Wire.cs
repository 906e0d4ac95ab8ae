using System.Collections.Concurrent;
using Amazon.Runtime;

namespace IotGateway.Edge.Tests.Objects;

/// <summary>Counts what goes to the store, and may do something before a request leaves or after its answer came.</summary>
internal sealed class Wire : HttpClientFactory
{
    private readonly ConcurrentQueue<(string Method, string Query, int Status)> _seen = [];

    public Func<HttpRequestMessage, Task>? Before { get; set; }

    public Func<HttpRequestMessage, Task>? After { get; set; }

    /// <summary>The numbers of the parts whose answer came.</summary>
    public IReadOnlyList<int> Parts =>
    [
        .. _seen.Where(s => s.Method == "PUT" && s.Status == 200).Select(s => PartNumber(s.Query)).Where(n => n > 0),
    ];

    public int Count(string method, int status) => _seen.Count(s => s.Method == method && s.Status == status);

    public static int PartNumber(string query) => query
        .TrimStart('?')
        .Split('&')
        .Where(p => p.StartsWith("partNumber=", StringComparison.Ordinal))
        .Select(p => int.Parse(p["partNumber=".Length..])).FirstOrDefault();

    public override HttpClient CreateHttpClient(IClientConfig clientConfig) => new(new Handler(this))
    {
        Timeout = Timeout.InfiniteTimeSpan,
    };

    public override bool UseSDKHttpClientCaching(IClientConfig clientConfig) => false;

    private sealed class Handler(Wire wire) : DelegatingHandler(new SocketsHttpHandler())
    {
        protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
        {
            if (wire.Before is { } before)
                await before(request);
            var answer = await base.SendAsync(request, cancellationToken);
            wire._seen.Enqueue((request.Method.Method, request.RequestUri!.Query, (int)answer.StatusCode));
            if (wire.After is { } after)
                await after(request);
            return answer;
        }
    }
}
