using System.Diagnostics;
using System.Text;
using IotGateway.Aws;
using IotGateway.Cloud.Data.Aws;
using IotGateway.Cloud.Forecasts.Serving;
using IotGateway.Tests.Services;
using Microsoft.Extensions.Time.Testing;

namespace IotGateway.Cloud.Tests.Forecasts.Serving;

/// <summary>InvokeEndpoint as botocore checks its signature, and a stand-in as boto3 understands it.</summary>
public sealed class SageMakerEndpointTests
{
    private const string Row = "34.5,,35.25\n";

    private static readonly AwsOptions Aws = new() { Region = AwsServices.Region };

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("text/csv", Row)]
    [InlineData("application/json", """{"instances":[{"features":[34.5,null,35.25]}]}""")]
    public async Task TheInvocationIsTheOneThatBoto3Makes(string mediaType, string body)
    {
        await using var standIn = await SageMakerStandIn.StartAsync();
        await using var gate = await AwsServices.GateAsync($"127.0.0.1:{standIn.Port}");
        using var ours = new SageMakerEndpoint(Options(gate.Url, "blue"), Aws, TimeProvider.System, AwsServices.Credentials);

        var reply = await ours.InvokeAsync(Encoding.UTF8.GetBytes(body), mediaType, Stop);
        var theirs = await Boto3Async(gate.Url, $"""
            answer = runtime.invoke_endpoint(EndpointName="hives", TargetVariant="blue", ContentType="{mediaType}", Accept="{mediaType}",
                Body=bytes.fromhex("{Convert.ToHexString(Encoding.UTF8.GetBytes(body))}"))
            print(answer["InvokedProductionVariant"], answer["ContentType"], answer["Body"].read().decode(), end="")
            """);

        Assert.Equal([standIn.Invocations.First(), standIn.Invocations.First()], standIn.Invocations);
        Assert.Equal(new Invocation("/endpoints/hives/invocations", mediaType, mediaType, "blue", body), standIn.Invocations.First());
        Assert.Equal($"{reply.Variant} {reply.MediaType} {Encoding.UTF8.GetString(reply.Body)}", theirs);
        Assert.Contains("35.75,34.25,34.75,35.25,35.75,36.25", theirs, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(424, "ModelError", AwsFaultKind.Refused)]
    [InlineData(400, "ThrottlingException", AwsFaultKind.Throttled)]
    [InlineData(400, "ValidationError", AwsFaultKind.Refused)]
    [InlineData(503, "ServiceUnavailable", AwsFaultKind.Unavailable)]
    public async Task AnErrorHasTheServicesOwnSentenceForUsAndForBoto3(int status, string code, AwsFaultKind kind)
    {
        await using var standIn = await SageMakerStandIn.StartAsync();
        standIn.Answer = SageMakerStandIn.Error(status, code, "It is so.");
        await using var gate = await AwsServices.GateAsync($"127.0.0.1:{standIn.Port}");
        using var ours = new SageMakerEndpoint(Options(gate.Url), Aws, TimeProvider.System, AwsServices.Credentials);

        var failure = await Assert.ThrowsAsync<AwsException>(() => ours.InvokeAsync(Encoding.UTF8.GetBytes(Row), "text/csv", Stop));
        var theirs = await Boto3Async(gate.Url, """
            try:
                runtime.invoke_endpoint(EndpointName="hives", ContentType="text/csv", Body=b"1")
            except runtime.exceptions.ClientError as error:
                print(error.response["Error"]["Code"], error.response["Error"]["Message"], end="")
            """);

        Assert.Equal((kind, true), (failure.Fault.Kind, failure.Message.Contains("It is so.", StringComparison.Ordinal)));
        Assert.Equal($"{code} It is so.", theirs);
        Assert.Equal(kind == AwsFaultKind.Refused ? 2 : 5, standIn.Invocations.Count);
    }

    [Fact]
    public async Task AWrongSecretIsToldAtOnce()
    {
        await using var standIn = await SageMakerStandIn.StartAsync();
        await using var gate = await AwsServices.GateAsync($"127.0.0.1:{standIn.Port}");
        using var ours = new SageMakerEndpoint(Options(gate.Url), Aws, TimeProvider.System, AwsServices.WrongSecret);

        var failure = await Assert.ThrowsAsync<AwsException>(() => ours.InvokeAsync(Encoding.UTF8.GetBytes(Row), "text/csv", Stop));

        Assert.Contains("the credentials are refused", failure.Message, StringComparison.Ordinal);
        Assert.Empty(standIn.Invocations);
    }

    [Fact]
    public async Task AnEndpointThatNeverAnswersIsGivenUp()
    {
        var time = new FakeTimeProvider(TimeProvider.System.GetUtcNow());
        await using var standIn = await SageMakerStandIn.StartAsync();
        var asked = new TaskCompletionSource();
        standIn.Answer = async (context, _) =>
        {
            asked.TrySetResult();
            await Task.Delay(Timeout.Infinite, context.RequestAborted);
        };
        using var ours = new SageMakerEndpoint(Options(standIn.Url), Aws, time, AwsServices.Credentials);

        var asking = ours.InvokeAsync(Encoding.UTF8.GetBytes(Row), "text/csv", Stop);
        await asked.Task.WaitAsync(Stop);
        time.Advance(TimeSpan.FromSeconds(10));

        var failure = await Assert.ThrowsAsync<AwsException>(() => asking);
        Assert.Equal("endpoint hives, invoke: no answer within 10 s", failure.Message);
    }

    private static ServingOptions Options(string url, string variant = "") =>
        new() { Endpoint = "hives", Url = url, Variant = variant, Model = "m", Version = "1" };

    private static async Task<string> Boto3Async(string url, string script)
    {
        var start = new ProcessStartInfo(AwsServices.Python, ["-c", $"""
            import boto3
            from botocore.config import Config
            runtime = boto3.client("sagemaker-runtime", endpoint_url="{url}", region_name="{AwsServices.Region}",
                aws_access_key_id="{AwsServices.Key}", aws_secret_access_key="{AwsServices.Secret}",
                config=Config(retries=dict(total_max_attempts=1)))
            {script}
            """])
        {
            RedirectStandardError = true,
            RedirectStandardOutput = true,
            UseShellExecute = false,
        };
        using var process = Process.Start(start)!;
        var failed = process.StandardError.ReadToEndAsync(Stop);
        var said = await process.StandardOutput.ReadToEndAsync(Stop);
        await process.WaitForExitAsync(Stop);
        Assert.True(process.ExitCode == 0, await failed);
        return said;
    }
}
