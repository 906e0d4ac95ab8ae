using System.Text;
using IotGateway.Cloud.Weather.Providers;
using static IotGateway.Cloud.Tests.Weather.ProviderServer;

namespace IotGateway.Cloud.Tests.Weather.Providers;

public sealed class WeatherLineTests
{
    private static readonly DateTimeOffset Now = new(2026, 8, 7, 12, 20, 0, TimeSpan.Zero);

    [Fact]
    public async Task PassingFailuresAreTriedAgainWithFullJitter()
    {
        await using var server = await StartAsync();
        server.Answers["/"] = InTurn(Status(500), Status(503), Cut(new byte[5000]), Body("{}"));
        var time = new JumpingTime(Now);

        Assert.Equal("{}", Encoding.UTF8.GetString(await GetAsync(server, time, random: 0.5)));

        Assert.Equal(4, server.Asked.Count);
        Assert.Equal([0.5, 1.0, 2.0], time.Waits.Where(w => w.TotalMilliseconds > 200).Select(w => Math.Round(w.TotalSeconds, 1)));
    }

    [Fact]
    public async Task RetryAfterIsKept()
    {
        await using var server = await StartAsync();
        server.Answers["/"] = InTurn(Status(429, "7"), Body("{}"));
        var time = new JumpingTime(Now);

        await GetAsync(server, time, random: 0.25);

        Assert.Contains(TimeSpan.FromSeconds(7.25), time.Waits);
    }

    [Fact]
    public async Task AProviderIsNotAskedDuringTheRestItAskedFor()
    {
        await using var server = await StartAsync();
        server.Answers["/"] = InTurn(Status(429, "3600"), Body("{}"));
        var time = new JumpingTime(Now);
        using var http = WeatherLine.Client();
        var line = new WeatherLine(http, time, () => 0.5);
        var request = new WeatherRequest("p", "hill", server.Address);

        var first = await Assert.ThrowsAsync<WeatherException>(() => line.GetAsync(request, default));
        var second = await Assert.ThrowsAsync<WeatherException>(() => line.GetAsync(request, default));
        Assert.Equal((WeatherFault.TooManyRequests, TimeSpan.FromHours(1)), (first.Failure.Fault, first.Failure.RetryAfter));
        Assert.Contains("asked not to be called before", second.Failure.Detail, StringComparison.Ordinal);
        Assert.Single(server.Asked);

        time.Advance(TimeSpan.FromHours(1));
        await line.GetAsync(request, default);
        Assert.Equal(2, server.Asked.Count);
    }

    [Fact]
    public async Task ASlowAnswerIsATimeout()
    {
        await using var server = await StartAsync();
        var never = new TaskCompletionSource();
        server.Answers["/"] = _ => never.Task;

        var error = await Assert.ThrowsAsync<WeatherException>(() => GetAsync(server, new JumpingTime(Now, patienceEnds: true)));

        Assert.Equal(WeatherFault.Timeout, error.Failure.Fault);
        never.SetResult();
    }

    [Fact]
    public async Task NobodyListeningIsUnreachable()
    {
        var server = await StartAsync();
        var address = server.Address;
        await server.DisposeAsync();
        using var http = WeatherLine.Client();

        var error =
            await Assert.ThrowsAsync<WeatherException>(() => new WeatherLine(http, new JumpingTime(Now), () => 0).GetAsync(
                new WeatherRequest("p", "hill", address), default));

        Assert.Equal(WeatherFault.Unreachable, error.Failure.Fault);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task MoreThanTheLimitIsNotTaken(bool announced)
    {
        await using var server = await StartAsync();
        server.Answers["/"] = async context =>
        {
            if (announced)
                context.Response.ContentLength = 2_000_000;
            await context.Response.Body.WriteAsync(new byte[2_000_000]);
        };
        using var http = WeatherLine.Client();

        var error = await Assert.ThrowsAsync<WeatherException>(
            () => new WeatherLine(http, new JumpingTime(Now), () => 0).GetAsync(
                new WeatherRequest("p", "hill", server.Address) { MaxBytes = 1_000_000 }, default));

        Assert.Equal(WeatherFault.TooLarge, error.Failure.Fault);
        Assert.Single(server.Asked);
    }

    [Theory]
    [InlineData(301)]
    [InlineData(401)]
    [InlineData(404)]
    public async Task ARefusalIsNotTriedAgainAndItsAddressKeepsItsSecret(int status)
    {
        await using var server = await StartAsync();
        server.Answers["/"] = Status(status);
        using var http = WeatherLine.Client();

        var error = await Assert.ThrowsAsync<WeatherException>(
            () => new WeatherLine(http, new JumpingTime(Now), () => 0).GetAsync(
                new WeatherRequest("p", "hill", new Uri(server.Address, "/v3?apiKey=s3cret")), default));

        Assert.Equal(WeatherFault.Refused, error.Failure.Fault);
        Assert.Contains($"/v3: status {status}", error.Message, StringComparison.Ordinal);
        Assert.DoesNotContain("s3cret", error.ToString(), StringComparison.Ordinal);
        Assert.Single(server.Asked);
    }

    private static async Task<byte[]> GetAsync(ProviderServer server, JumpingTime time, double random = 0)
    {
        using var http = WeatherLine.Client();
        return await new WeatherLine(http, time, () => random).GetAsync(
            new WeatherRequest("p", "hill", server.Address), TestContext.Current.CancellationToken);
    }
}
