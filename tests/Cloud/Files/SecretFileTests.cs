using IotGateway.Storage.Files;

namespace IotGateway.Cloud.Tests.Files;

public sealed class SecretFileTests
{
    [Theory]
    [InlineData("0600", "0700", null)]
    [InlineData("0400", "0755", null)]
    [InlineData("0600", "1777", null)]
    [InlineData("0644", "0700", "mode 0600, not 0644")]
    [InlineData("0640", "0700", "mode 0600, not 0640")]
    [InlineData("0602", "0700", "mode 0600, not 0602")]
    [InlineData("0600", "0777", "mode 0777")]
    [InlineData("0600", "0770", "mode 0770")]
    public void ASecretIsTheOwnersAndSoIsItsFolder(string file, string inFolder, string? fault)
    {
        using var folder = new TempFolder();
        var secret = Secret(folder, "keys", file);
        File.SetUnixFileMode(Path.GetDirectoryName(secret)!, Mode(inFolder));

        Check(fault, SecretFile.Fault(secret));
        var link = folder.File("link");
        File.CreateSymbolicLink(link, secret);
        Check(fault, SecretFile.Fault(link));
    }

    [Fact]
    public void AFolderAboveMayBelongToAGroupButNotToAll()
    {
        using var folder = new TempFolder();
        var secret = Secret(folder, "above/keys", "0600");
        File.SetUnixFileMode(folder.File("above"), Mode("0775"));
        Assert.Null(SecretFile.Fault(secret));

        File.SetUnixFileMode(folder.File("above"), Mode("0777"));
        Check("mode 0777", SecretFile.Fault(secret));
    }

    [Fact]
    public void AFolderThatIsALinkIsJudgedByWhereItLeads()
    {
        using var folder = new TempFolder();
        var secret = Secret(folder, "keys", "0600");
        Directory.CreateSymbolicLink(folder.File("linked"), folder.File("keys"));
        var through = Path.Combine(folder.File("linked"), Path.GetFileName(secret));

        Assert.Null(SecretFile.Fault(through));
        File.SetUnixFileMode(folder.File("keys"), Mode("0777"));
        Check("mode 0777", SecretFile.Fault(through));
        Assert.Null(SecretFile.Fault(folder.File("absent")));
    }

    private static string Secret(TempFolder folder, string inFolder, string mode)
    {
        var secret = Path.Combine(Directory.CreateDirectory(folder.File(inFolder)).FullName, "secret.key");
        File.SetUnixFileMode(Path.GetDirectoryName(secret)!, Mode("0700"));
        File.WriteAllText(secret, "secret");
        File.SetUnixFileMode(secret, Mode(mode));
        return secret;
    }

    private static UnixFileMode Mode(string octal) => (UnixFileMode)Convert.ToInt32(octal, 8);

    private static void Check(string? expected, string? fault)
    {
        if (expected is null)
            Assert.Null(fault);
        else
            Assert.Contains(expected, fault, StringComparison.Ordinal);
    }
}
