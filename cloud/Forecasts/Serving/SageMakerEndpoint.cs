using System.Net.Http.Headers;
using System.Text.Json;
using Amazon.Runtime;
using IotGateway.Aws;
using IotGateway.Cloud.Data.Aws;

namespace IotGateway.Cloud.Forecasts.Serving;

/// <summary>
/// SageMaker's InvokeEndpoint: a signed <c>POST /endpoints/NAME/invocations</c>, repeated while it is throttled or away, all of it within
/// one time.
/// </summary>
internal sealed class SageMakerEndpoint : IDisposable
{
    private const int Attempts = 4;
    private const int MostAnswerBytes = 4 * 1024 * 1024;

    private readonly HttpClient _http;
    private readonly AwsCalls _calls;
    private readonly ServingOptions _options;
    private readonly TimeProvider _time;
    private readonly Uri _address;

    /// <param name="options">The endpoint.</param>
    /// <param name="aws">The region.</param>
    /// <param name="time">The clock of signatures, waits and the time for an answer.</param>
    /// <param name="credentials">Null for the standard chain.</param>
    public SageMakerEndpoint(ServingOptions options, AwsOptions aws, TimeProvider time, AWSCredentials? credentials = null)
    {
        (_options, _time) = (options, time);
        var url = options.Url.Length > 0 ? options.Url.TrimEnd('/') : $"https://runtime.sagemaker.{aws.Region}.amazonaws.com";
        _address = new Uri($"{url}/endpoints/{Uri.EscapeDataString(options.Endpoint)}/invocations");
        _calls = new AwsCalls($"endpoint {options.Endpoint}", time, Attempts);
        _http = new HttpClient(new SigningHandler("sagemaker", aws.Region, credentials, time))
        {
            MaxResponseContentBufferSize = MostAnswerBytes,
            Timeout = Timeout.InfiniteTimeSpan,
        };
    }

    /// <summary>Asks once, with patience.</summary>
    /// <exception cref="AwsException">The endpoint refuses, or gave no answer in time.</exception>
    public async Task<EndpointReply> InvokeAsync(byte[] body, string mediaType, CancellationToken cancellation)
    {
        var patience = TimeSpan.FromSeconds(_options.TimeoutSeconds);
        using var late = new CancellationTokenSource(patience, _time);
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(late.Token, cancellation);
        try
        {
            return await _calls.DoAsync("invoke", token => SendAsync(body, mediaType, token), stop.Token);
        }
        catch (OperationCanceledException e) when (!cancellation.IsCancellationRequested)
        {
            throw new AwsException(
                new AwsFault(AwsFaultKind.Unavailable, $"no answer within {patience.TotalSeconds:0} s"),
                $"endpoint {_options.Endpoint}, invoke", e);
        }
    }

    public void Dispose() => _http.Dispose();

    private async Task<EndpointReply> SendAsync(byte[] body, string mediaType, CancellationToken cancellation)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, _address);
        request.Content = new ByteArrayContent(body);
        request.Content.Headers.ContentType = new MediaTypeHeaderValue(mediaType);
        request.Headers.Accept.ParseAdd(mediaType);
        if (_options.Variant.Length > 0)
            request.Headers.Add("X-Amzn-SageMaker-Target-Variant", _options.Variant);
        using var response = await _http.SendAsync(request, cancellation);
        var answer = await response.Content.ReadAsByteArrayAsync(cancellation);
        return response.IsSuccessStatusCode
            ? new EndpointReply(
                First(response, "x-Amzn-Invoked-Production-Variant"), response.Content.Headers.ContentType?.MediaType ?? "", answer)
            : throw new AmazonServiceException(
                Explanation(answer), null, ErrorType.Unknown, First(response, "x-amzn-ErrorType").Split(':')[0], "", response.StatusCode);
    }

    private static string First(HttpResponseMessage response, string header) =>
        response.Headers.TryGetValues(header, out var values) ? values.First() : "";

    /// <summary>The service's own sentence, or what came instead of one.</summary>
    private static string Explanation(byte[] answer)
    {
        try
        {
            using var json = JsonDocument.Parse(answer);
            if (json.RootElement.ValueKind == JsonValueKind.Object
                && json.RootElement.EnumerateObject().FirstOrDefault(p => p.Name is "Message" or "message") is
                {
                    Value: { ValueKind: JsonValueKind.String } said,
                })
            {
                return said.GetString()!;
            }
        }
        catch (JsonException)
        {
            // Not the service itself: shown as it is.
        }

        return System.Text.Encoding.UTF8.GetString(answer);
    }
}

/// <summary>Answer of an endpoint.</summary>
/// <param name="Variant">The production variant that gave it; empty where that was not told.</param>
/// <param name="MediaType">Its form.</param>
/// <param name="Body">As it came.</param>
internal sealed record EndpointReply(string Variant, string MediaType, byte[] Body);
