using IotGateway.Cloud.Enrolment;
using IotGateway.Hosting.Configuration;

namespace IotGateway.Cloud.Tests;

public sealed class CommandsTests
{
    [Theory]
    [InlineData("rebuild")]
    [InlineData("revoke", "hill")]
    [InlineData("reset", "hill")]
    [InlineData("revoke-claim", "iotgateway.0123")]
    public async Task AFolderThatIsNoCloudsIsRefusedAndNotMade(params string[] command)
    {
        using var folder = new TempFolder();
        var typo = folder.File("typo");

        var error = await Assert.ThrowsAsync<ConfigurationException>(() => Commands.RunAsync([.. command, "--data", typo]));

        Assert.StartsWith($"--data is '{typo}'; expected", error.Message, StringComparison.Ordinal);
        Assert.False(Directory.Exists(typo));
    }

    [Theory]
    [InlineData("ca.pem")]
    [InlineData("ca.key")]
    public void ADamagedAuthorityIsNamed(string file)
    {
        using var folder = new TempFolder();
        CertificateAuthority.Open(folder.Path, TimeProvider.System);
        File.WriteAllText(folder.File(file), "damaged");

        var error = Assert.Throws<FormatException>(() => CertificateAuthority.Open(folder.Path, TimeProvider.System));
        Assert.Contains(folder.File("ca.pem"), error.Message, StringComparison.Ordinal);
    }
}
