using IotGateway.Edge.Identity;
using IotGateway.Edge.Settings;
using IotGateway.Edge.Tests.Buffer.Disks;
using IotGateway.Edge.Tests.Fleet;
using IotGateway.Hosting.Configuration;
using Microsoft.AspNetCore.Builder;

namespace IotGateway.Edge.Tests.Identity;

public class IdentityRoomTests
{
    private const UnixFileMode Own = UnixFileMode.UserRead | UnixFileMode.UserWrite;

    [Theory]
    [InlineData("gateway.pem")]
    [InlineData("next-0123456789abcdef.pem")]
    public void TheGatewaysOwnKeyIsCheckedAtTheStart(string name)
    {
        using var folder = new TemporaryFolder();
        var identity = Directory.CreateDirectory(Path.Combine(folder.Path, "identity"), Own | UnixFileMode.UserExecute).FullName;
        var file = Path.Combine(identity, name);
        File.WriteAllText(file, new TestAuthority().Issue("hill"));
        File.SetUnixFileMode(file, Own | UnixFileMode.GroupRead | UnixFileMode.OtherRead);

        Assert.Equal(
            $"The gateway's own key is '{file}'; expected a file that others may not read: mode 0600, not 0644.", Start(folder.Path));
        File.SetUnixFileMode(file, Own);
        File.SetUnixFileMode(identity, (UnixFileMode)0x1ff);
        Assert.Contains($"a folder that others may not write to: {identity} has mode 0777", Start(folder.Path), StringComparison.Ordinal);
    }

    private static string Start(string data) => Assert.Throws<ConfigurationException>(() => WebApplication.CreateSlimBuilder().AddIdentity(
        new GatewayOptions { Name = "hill", DataDirectory = data }, "", "", mayClaim: true, null)).Message;
}
