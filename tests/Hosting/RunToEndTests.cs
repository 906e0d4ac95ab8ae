using System.Net.Sockets;
using IotGateway.Hosting.Configuration;

namespace IotGateway.Hosting.Tests;

public sealed class RunToEndTests
{
    [Theory]
    [InlineData(typeof(UsageException), ExitCode.Usage)]
    [InlineData(typeof(ConfigurationException), ExitCode.Configuration)]
    [InlineData(typeof(InvalidDataException), ExitCode.Configuration)]
    [InlineData(typeof(IOException), ExitCode.CannotUse)]
    [InlineData(typeof(SocketException), ExitCode.CannotUse)]
    public async Task AMendableFaultIsOneLineAndAnExitCode(Type fault, int expected)
    {
        await using var errors = new StringWriter();

        Assert.Equal(expected, await RunToEnd.GuardedAsync(() => throw (Exception)Activator.CreateInstance(fault)!, errors));
        Assert.Single(errors.ToString().TrimEnd().Split('\n'));
    }

    [Fact]
    public async Task AFaultOfOursIsNotHidden() =>
        await Assert.ThrowsAsync<InvalidOperationException>(
            () => RunToEnd.GuardedAsync(() => throw new InvalidOperationException(), TextWriter.Null));
}
