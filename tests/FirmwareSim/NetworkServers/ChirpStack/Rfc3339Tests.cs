using System.Globalization;
using IotGateway.FirmwareSim.NetworkServers.ChirpStack;
using Xunit;

namespace IotGateway.FirmwareSim.Tests.NetworkServers.ChirpStack;

public sealed class Rfc3339Tests
{
    [Theory]
    [InlineData(0, "2021-12-31T23:59:59.000000000+00:00")]
    [InlineData(7, "2021-12-31T23:59:59.000000007+00:00")]
    [InlineData(999_999_999, "2021-12-31T23:59:59.999999999+00:00")]
    [InlineData(1_000_000_000, "2022-01-01T00:00:00.000000000+00:00")]
    public void CarriesNanosecondsIntoTheSecond(long nanoseconds, string expected) => Assert.Equal(
        expected,
        Rfc3339.Write(DateTimeOffset.Parse("2021-12-31T23:59:59Z", CultureInfo.InvariantCulture), nanoseconds));
}
