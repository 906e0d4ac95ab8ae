using System.Collections.Concurrent;
using System.Globalization;
using System.Net;
using IotGateway.Hosting;
using Polly;
using Polly.Retry;
using Polly.Timeout;

namespace IotGateway.Cloud.Weather.Providers;

/// <summary>
/// The way to the providers: one request at a time and provider with a pause between, a limit on time and size, passing failures tried
/// again with full jitter, <c>Retry-After</c> kept. A provider that asks for a longer rest than we wait is not asked before it is over.
/// </summary>
internal sealed class WeatherLine
{
    /// <summary>Most attempts at a question.</summary>
    public const int Attempts = 4;

    /// <summary>Longest time of one attempt.</summary>
    public static readonly TimeSpan Patience = TimeSpan.FromSeconds(20);

    /// <summary>The longest wait between two attempts.</summary>
    public static readonly TimeSpan LongestWait = TimeSpan.FromSeconds(60);

    private static readonly TimeSpan FirstWait = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(200);
    private static readonly TimeSpan LongestRest = TimeSpan.FromDays(1);
    private readonly HttpClient _http;
    private readonly TimeProvider _time;
    private readonly ResiliencePipeline<byte[]> _again;
    private readonly ResiliencePipeline _inTime;
    private readonly ConcurrentDictionary<string, Gate> _gates = new(StringComparer.Ordinal);

    /// <param name="http">The client, as <see cref="Client"/> makes it.</param>
    /// <param name="time">The clock.</param>
    /// <param name="random">0 to 1, for the jitter.</param>
    public WeatherLine(HttpClient http, TimeProvider time, Func<double> random)
    {
        (_http, _time) = (http, time);
        _again = new ResiliencePipelineBuilder<byte[]> { TimeProvider = time }.AddRetry(new RetryStrategyOptions<byte[]>
        {
            MaxRetryAttempts = Attempts - 1,
            ShouldHandle = a => ValueTask.FromResult(
                a.Outcome.Exception is WeatherException { Failure: { Passing: true } f } && !(f.RetryAfter > LongestWait)),
            DelayGenerator = a =>
                ValueTask.FromResult<TimeSpan?>(Wait(
                    a.AttemptNumber, (a.Outcome.Exception as WeatherException)?.Failure.RetryAfter, random())),
        }).Build();
        _inTime = new ResiliencePipelineBuilder { TimeProvider = time }
            .AddTimeout(new TimeoutStrategyOptions { Timeout = Patience })
            .Build();
    }

    /// <summary>
    /// A client for it: TLS always verified, no cookies, no redirects (one could carry a key elsewhere), no limit on time of its own.
    /// </summary>
    public static HttpClient Client() => new(new SocketsHttpHandler
    {
        AllowAutoRedirect = false,
        AutomaticDecompression = DecompressionMethods.All,
        ConnectTimeout = TimeSpan.FromSeconds(10),
        PooledConnectionLifetime = TimeSpan.FromMinutes(5),
        UseCookies = false,
    })
    {
        Timeout = Timeout.InfiniteTimeSpan,
    };

    /// <summary>The wait before the next attempt: anything up to 1, 2, 4 … s (full jitter), after what the provider asks for.</summary>
    public static TimeSpan Wait(int attempt, TimeSpan? retryAfter, double random)
    {
        var jitter = Backoff.Wait(attempt, random, FirstWait, LongestWait);
        var wait = (retryAfter ?? TimeSpan.Zero) + jitter;
        return wait < LongestWait ? wait : LongestWait;
    }

    /// <summary>The body of the answer.</summary>
    /// <exception cref="WeatherException">There is none that can be used.</exception>
    public async Task<byte[]> GetAsync(WeatherRequest request, CancellationToken cancellation)
    {
        var gate = _gates.GetOrAdd(request.Provider, _ => new Gate());
        return await _again.ExecuteAsync(async token => await AttemptAsync(gate, request, token), cancellation);
    }

    private async Task<byte[]> AttemptAsync(Gate gate, WeatherRequest request, CancellationToken cancellation)
    {
        await gate.Turn.WaitAsync(cancellation);
        try
        {
            var now = _time.GetUtcNow();
            if (gate.RestUntil - now is { } rest && rest > TimeSpan.Zero)
                throw Fail(
                    request, WeatherFault.TooManyRequests,
                    string.Create(CultureInfo.InvariantCulture, $"it asked not to be called before {gate.RestUntil:u}"),
                    rest > LongestWait ? rest : LongestWait + Pause);
            if (gate.Next > now)
                await Task.Delay(gate.Next - now, _time, cancellation);
            return await _inTime.ExecuteAsync(async token => await SendAsync(gate, request, token), cancellation);
        }
        catch (TimeoutRejectedException e)
        {
            throw Fail(request, WeatherFault.Timeout, $"no whole answer within {Patience.TotalSeconds:0} s", inner: e);
        }
        finally
        {
            gate.Next = _time.GetUtcNow() + Pause;
            gate.Turn.Release();
        }
    }

    private async Task<byte[]> SendAsync(Gate gate, WeatherRequest request, CancellationToken cancellation)
    {
        try
        {
            using var message = new HttpRequestMessage(HttpMethod.Get, request.Address);
            message.Headers.TryAddWithoutValidation("User-Agent", request.UserAgent);
            message.Headers.TryAddWithoutValidation("Accept", "application/geo+json, application/json;q=0.9, text/csv;q=0.5");
            using var answer = await _http.SendAsync(message, HttpCompletionOption.ResponseHeadersRead, cancellation);
            if (answer.StatusCode != HttpStatusCode.OK)
                throw await NotOkAsync(gate, request, answer, cancellation);
            if (answer.Content.Headers.ContentLength > request.MaxBytes)
                throw Fail(
                    request, WeatherFault.TooLarge,
                    $"it has {answer.Content.Headers.ContentLength} bytes; expected at most {request.MaxBytes}");

            await using var stream = await answer.Content.ReadAsStreamAsync(cancellation);
            return await ReadAllAsync(stream, request, cancellation);
        }
        catch (Exception e) when (e is HttpRequestException or IOException)
        {
            throw Fail(
                request, WeatherFault.Unreachable, $"{e.GetType().Name} ({(e as HttpRequestException)?.HttpRequestError}): no whole answer",
                inner: e);
        }
    }

    private static async Task<byte[]> ReadAllAsync(Stream stream, WeatherRequest request, CancellationToken cancellation)
    {
        using var into = new MemoryStream();
        var buffer = new byte[16 * 1024];
        int read;
        while ((read = await stream.ReadAsync(buffer, cancellation)) > 0)
        {
            if (into.Length + read > request.MaxBytes)
                throw Fail(request, WeatherFault.TooLarge, $"it has more than {request.MaxBytes} bytes; expected at most that");
            into.Write(buffer, 0, read);
        }

        return into.ToArray();
    }

    private async Task<WeatherException> NotOkAsync(
        Gate gate, WeatherRequest request, HttpResponseMessage answer, CancellationToken cancellation)
    {
        var status = (int)answer.StatusCode;
        var after = answer.Headers.RetryAfter is { } header ? header.Delta ?? header.Date - _time.GetUtcNow() : null;
        after = after is { } a ? TimeSpan.FromTicks(Math.Clamp(a.Ticks, 0, LongestRest.Ticks)) : null;
        if (after > LongestWait)
            gate.RestUntil = _time.GetUtcNow() + after.Value;
        var fault = status switch { 429 => WeatherFault.TooManyRequests, >= 500 => WeatherFault.ServerError, _ => WeatherFault.Refused };
        var reason = fault == WeatherFault.Refused ? await ReasonAsync(answer, cancellation) : "";
        return Fail(request, fault, $"status {status}{reason}; expected 200", after);
    }

    /// <summary>Reason that a provider gives in JSON for refusing; nothing when it says no such thing.</summary>
    private static async Task<string> ReasonAsync(HttpResponseMessage answer, CancellationToken cancellation)
    {
        try
        {
            var buffer = new byte[4096];
            await using var stream = await answer.Content.ReadAsStreamAsync(cancellation);
            var length = await stream.ReadAtLeastAsync(buffer, buffer.Length, throwOnEndOfStream: false, cancellation);
            using var json = System.Text.Json.JsonDocument.Parse(buffer.AsMemory(0, length));
            foreach (var name in (string[])["reason", "detail"])
            {
                if (json.RootElement.TryGetProperty(name, out var text) && text.ValueKind == System.Text.Json.JsonValueKind.String)
                    return $" ('{JsonAnswer.Shown(text.GetString()!)}')";
            }
        }
        catch (Exception e) when (e is System.Text.Json.JsonException or InvalidOperationException or IOException)
        {
            // The status alone says enough.
        }

        return "";
    }

    private static WeatherException Fail(
        WeatherRequest request, WeatherFault fault, string detail, TimeSpan? retryAfter = null, Exception? inner = null) => new(
        new WeatherFailure(
            request.Provider, request.Place, fault, $"{request.Address.Host}{request.Address.AbsolutePath}: {detail}", retryAfter), inner);

    private sealed class Gate
    {
        public SemaphoreSlim Turn { get; } = new(1);

        public DateTimeOffset Next { get; set; }

        public DateTimeOffset? RestUntil { get; set; }
    }
}
