using System.Net.Http.Headers;
using Amazon.Runtime;
using IotGateway.Aws;
using IotGateway.Cloud.Data.Aws;
using IotGateway.Telemetry.Wire;

namespace IotGateway.Cloud.Ingest.Answers;

/// <summary>Answers through AWS IoT Core's data plane: a signed <c>POST /topics/TOPIC?qos=1</c>.</summary>
internal sealed class IotDataAnswers : IAnswers, IDisposable
{
    private readonly HttpClient _http;
    private readonly AwsCalls _calls;
    private readonly string _endpoint;

    /// <param name="endpoint">The data plane's address.</param>
    /// <param name="options">The region.</param>
    /// <param name="time">The clock of signatures and waits.</param>
    /// <param name="credentials">Null for the standard chain.</param>
    public IotDataAnswers(string endpoint, AwsOptions options, TimeProvider time, AWSCredentials? credentials = null)
    {
        _endpoint = endpoint.TrimEnd('/');
        _calls = new AwsCalls($"data plane {_endpoint}", time, attempts: 4);
        _http = new HttpClient(new SigningHandler("iotdata", options.Region, credentials, time)) { Timeout = TimeSpan.FromSeconds(10) };
    }

    public Task PublishAsync(string gateway, StoredAnswer answer, CancellationToken cancellation) => _calls.DoAsync(
        $"publish to {gateway}",
        async stop =>
        {
            using var request = new HttpRequestMessage(
                HttpMethod.Post, new Uri($"{_endpoint}/topics/{Uri.EscapeDataString(Topics.Stored(gateway))}?qos=1"));
            request.Content = new ByteArrayContent(answer.ToJson());
            request.Content.Headers.ContentType = new MediaTypeHeaderValue("application/octet-stream");
            using var response = await _http.SendAsync(request, stop);
            if (!response.IsSuccessStatusCode)
            {
                var code = response.Headers.TryGetValues("x-amzn-ErrorType", out var types) ? types.First().Split(':')[0] : "";
                throw new AmazonServiceException(
                    await response.Content.ReadAsStringAsync(stop), null, ErrorType.Unknown, code, "", response.StatusCode);
            }

            return true;
        },
        cancellation);

    public void Dispose() => _http.Dispose();
}
