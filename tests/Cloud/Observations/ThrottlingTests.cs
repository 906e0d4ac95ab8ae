using System.Net;
using System.Text;
using Amazon.Runtime;
using IotGateway.Aws;
using IotGateway.Cloud.Data.Aws;
using IotGateway.Cloud.Observations.Dynamo;
using IotGateway.Tests.Services;
using Microsoft.Extensions.Time.Testing;

namespace IotGateway.Cloud.Tests.Observations;

/// <summary>Slowing of the store when it is told to.</summary>
public sealed class ThrottlingTests
{
    private static readonly AwsOptions Options = new() { Region = AwsServices.Region };

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("ProvisionedThroughputExceededException")]
    [InlineData("RequestLimitExceeded")]
    [InlineData("ThrottlingException")]
    public async Task AThrottledCallIsMadeAgainWithFewerAtOnce(string code)
    {
        var answers = new Answers(left => left < 3 ? (HttpStatusCode.BadRequest, code) : (HttpStatusCode.OK, ""));
        using var database = new DynamoDatabase("t-", Options, "http://127.0.0.1:1", TimeProvider.System, AwsServices.Credentials, answers);
        var before = database.Limit.Current;

        Assert.Null(await database.GetAsync("t", [], false, Stop));

        Assert.Equal(4, answers.Made);
        Assert.Equal(3, database.Throttled);
        Assert.InRange(database.Limit.Current, 1, before / 2);
    }

    [Fact]
    public async Task AServiceThatThrottlesForEverIsTold()
    {
        var answers = new Answers(_ => (HttpStatusCode.BadRequest, "ThrottlingException"));
        var calls = new AwsCalls("tables", TimeProvider.System, attempts: 3);
        using var client = new Amazon.DynamoDBv2.AmazonDynamoDBClient(
            AwsServices.Credentials,
            new Amazon.DynamoDBv2.AmazonDynamoDBConfig { HttpClientFactory = answers }.For(
                Options.Region, "http://127.0.0.1:1", TimeSpan.FromSeconds(9)));

        var failure = await Assert.ThrowsAsync<AwsException>(() => calls.DoAsync("list", stop => client.ListTablesAsync(stop), Stop));

        Assert.Equal(AwsFaultKind.Throttled, failure.Fault.Kind);
        Assert.Equal(3, answers.Made);
    }

    [Fact]
    public void WaitsGrowToTenSecondsAndAreSpreadOverTheirWholeLength()
    {
        Assert.Equal(TimeSpan.FromMilliseconds(100), AwsCalls.Wait(0, 1));
        Assert.Equal(TimeSpan.FromMilliseconds(400), AwsCalls.Wait(2, 1));
        Assert.Equal(TimeSpan.FromSeconds(10), AwsCalls.Wait(40, 1));
        Assert.Equal(TimeSpan.FromSeconds(5), AwsCalls.Wait(40, 0.5));
        Assert.Equal(TimeSpan.Zero, AwsCalls.Wait(5, 0));
    }

    [Fact]
    public void TheLimitHalvesAWaveAndGrowsByOneARound()
    {
        var time = new FakeTimeProvider();
        var limit = new AdaptiveLimit(16, 18, time);

        for (var i = 0; i < 16; i++)
            limit.Answered(false);
        Assert.Equal(8, limit.Current);
        for (var i = 0; i < 9; i++)
            limit.Answered(true);
        Assert.Equal(9, limit.Current);
        for (var i = 0; i < 1_000; i++)
            limit.Answered(true);
        Assert.Equal(18, limit.Current);
        for (var i = 0; i < 9; i++)
        {
            time.Advance(TimeSpan.FromMilliseconds(100));
            limit.Answered(false);
        }

        Assert.Equal(1, limit.Current);
    }

    [Fact]
    public async Task NoMoreCallsAreUnderWayThanTheLimit()
    {
        var limit = new AdaptiveLimit(3, 3, TimeProvider.System);
        var (underWay, most) = (0, 0);
        var free = new TaskCompletionSource();
        var calls = Enumerable.Range(0, 20).Select(_ => limit.RunAsync(
            async () =>
            {
                most = Math.Max(most, Interlocked.Increment(ref underWay));
                await free.Task;
                await Task.Yield();
                Interlocked.Decrement(ref underWay);
                return 0;
            },
            Stop)).ToArray();

        Assert.Equal(3, underWay);
        free.SetResult();
        await Task.WhenAll(calls);
        Assert.Equal(3, most);
    }

    /// <summary>Answers in the service's place.</summary>
    private sealed class Answers(Func<int, (HttpStatusCode Status, string Code)> next) : HttpClientFactory
    {
        private int _made;

        public int Made => _made;

        public override HttpClient CreateHttpClient(IClientConfig clientConfig) => new(new Handler(this));

        public override bool UseSDKHttpClientCaching(IClientConfig clientConfig) => false;

        private sealed class Handler(Answers answers) : HttpMessageHandler
        {
            protected override Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
            {
                var (status, code) = answers.Next(Interlocked.Increment(ref answers._made) - 1);
                var body = status == HttpStatusCode.OK
                    ? "{}"
                    : $$"""{"__type":"com.amazonaws.dynamodb.v20120810#{{code}}","message":"slower"}""";
                return Task.FromResult(new HttpResponseMessage(status)
                {
                    RequestMessage = request,
                    Content = new StringContent(body, Encoding.UTF8, "application/x-amz-json-1.0"),
                });
            }


        }

        private (HttpStatusCode Status, string Code) Next(int made) => next(made);
    }
}
