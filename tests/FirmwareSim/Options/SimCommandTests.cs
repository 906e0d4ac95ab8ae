using System.Net;
using System.Net.Sockets;
using Xunit;

namespace IotGateway.FirmwareSim.Tests.Options;

public sealed class SimCommandTests
{
    [Theory]
    [InlineData("--speed", "fast", "a number of at least 0")]
    [InlineData("--speed", "-1", "a number of at least 0")]
    [InlineData("--speed", "NaN", "a number of at least 0")]
    [InlineData("--mqtt-port", "70000", "a port from 1 to 65535")]
    [InlineData("--listen", "here", "an IP address")]
    [InlineData("--network-server", "none", "chirpstack-v4")]
    [InlineData("--from", "yesterday", "a UTC time")]
    [InlineData("--until", "32.13.2021", "a UTC time")]
    [InlineData("--hives", "3627;3629", "tag numbers with commas between")]
    [InlineData("--hives", "9999", "tags out of 3627, 3629")]
    [InlineData("--seed", "1.5", "a whole number")]
    [InlineData("--lost-share", "1.01", "a number from 0 to 1")]
    [InlineData("--duplicate-share", "-0.1", "a number from 0 to 1")]
    [InlineData("--bad-share", "x", "a number from 0 to 1")]
    [InlineData("--synthetic", "-1", "a whole number from 0 to 99999")]
    [InlineData("--recordings", "/no/such/folder", "the recordings")]
    [InlineData("--ledger", "/no/such/folder/ledger", "a file that can be written")]
    [InlineData("--until", "2020-01-01", "a time after --from")]
    [InlineData("--from", "2021-10-31T23:58:07", "a time up to the recording's last, 2021-10-31T23:58:06Z")]
    public async Task ABadOptionIsNamedWithItsValueAndWhatWasExpected(string option, string value, string expected)
    {
        var (code, error) = await RunAsync(option, value);

        Assert.Equal(2, code);
        Assert.Contains(option, error, StringComparison.Ordinal);
        Assert.Contains(expected, error, StringComparison.Ordinal);
        if (!option.StartsWith("--until", StringComparison.Ordinal) && !option.StartsWith("--from", StringComparison.Ordinal))
            Assert.Contains($"'{value}'", error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task ASpanWithoutFramesIsNamed()
    {
        var (code, error) = await RunAsync("--from", "2020-01-01", "--until", "2020-02-01");

        Assert.Equal(2, code);
        Assert.Contains("a span with frames in it", error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task AnUnknownOptionIsNamed()
    {
        var (code, error) = await RunAsync("--fast");

        Assert.Equal(2, code);
        Assert.Contains("--fast", error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task ATakenPortIsNamed()
    {
        using var other = new TcpListener(IPAddress.Loopback, 0);
        other.Start();
        var port = ((IPEndPoint)other.LocalEndpoint).Port;

        var (code, error) = await RunAsync("--mqtt-port", $"{port}");

        Assert.Equal(3, code);
        Assert.Contains($"127.0.0.1:{port} is taken", error, StringComparison.Ordinal);
    }

    private static async Task<(int Code, string Error)> RunAsync(params string[] args)
    {
        using var output = new StringWriter();
        using var error = new StringWriter();
        var code = await SimCommand.RunAsync(args, output, error, TimeProvider.System);
        return (code, error.ToString());
    }
}
