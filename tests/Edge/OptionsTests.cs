using IotGateway.Edge.Buffer;
using IotGateway.Edge.Decode.Dialects;
using IotGateway.Edge.Packs;
using IotGateway.Edge.Settings;
using IotGateway.Edge.Sources;
using IotGateway.Edge.Tests.Buffer.Disks;
using IotGateway.Hosting.Configuration;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.Configuration;

namespace IotGateway.Edge.Tests;

/// <summary>A wrong configuration stops the start and is named.</summary>
public sealed class OptionsTests
{
    [Theory]
    [InlineData("Bucket")]
    [InlineData("Prefix")]
    [InlineData("ServiceUrl")]
    public void ATextThatIsNullIsNamed(string key)
    {
        using var folder = new TemporaryFolder();
        var file = Path.Combine(folder.Path, "edge.json");
        File.WriteAllText(file, $$"""{ "Objects": { "{{key}}": null } }""");

        var error = Assert.Throws<ConfigurationException>(() => new ConfigurationManager().AddGatewayConfiguration(["--config", file]));
        Assert.Equal($"Objects:{key} is null; expected a value, or the key left out.", error.Message);
    }

    [Fact]
    public void AThresholdOutOfRangeIsNamed() =>
        Assert.Contains(
            "WarnShare",
            Assert.Throws<ConfigurationException>(Builder(("Thresholds:WarnShare", "2"), ("Gateway:Name", "hill")).AddGateway).Message,
            StringComparison.Ordinal);

    [Theory]
    [InlineData("MaxByte", "1000000000")]
    [InlineData("MaxBytes", "much")]
    public void AMistakeInTheBuffersSectionIsNamed(string key, string value) =>
        Assert.Contains(
            "Section Buffer: ",
            Assert.Throws<ConfigurationException>(() => Builder(($"Buffer:{key}", value)).AddBuffer(["cloud"], Thinner.Thin)).Message,
            StringComparison.Ordinal);

    [Fact]
    public void ASourcesFilesAreLookedAtBeforeTheStart()
    {
        using var folder = new TemporaryFolder();
        string File(string name, string text, UnixFileMode mode)
        {
            var path = Path.Combine(folder.Path, name);
            System.IO.File.WriteAllText(path, text);
            System.IO.File.SetUnixFileMode(path, mode);
            return path;
        }

        const UnixFileMode own = UnixFileMode.UserRead | UnixFileMode.UserWrite;
        Assert.Contains(
            "CaFile is '/none'; expected a PEM file with at least one certificate.", Refusal("CaFile", "/none"), StringComparison.Ordinal);
        Assert.Contains(
            "expected a PEM file with at least one certificate.", Refusal("CaFile", File("empty.pem", "no certificate", own)),
            StringComparison.Ordinal);
        Assert.Contains(
            "PasswordFile is '/none'; expected a file that exists.", Refusal("PasswordFile", "/none"), StringComparison.Ordinal);
        Assert.Contains(
            "expected a file that others may not read: mode 0600, not 0604.",
            Refusal("PasswordFile", File("open", "secret", own | UnixFileMode.OtherRead)), StringComparison.Ordinal);
        Builder(("Sources:0:PasswordFile", File("closed", "secret", own))).AddSources();
    }

    [Fact]
    public void AnUnknownKindIsNamedWithThoseThatAreKnown() => Assert.Equal(
        $"Sources:0:Kind is 'carrier-pigeon'; expected one of {string.Join(", ", KnownSources.All.Select(k => k.Name))}.",
        Refusal("Kind", "carrier-pigeon"));

    [Fact]
    public void AnUnknownDialectIsNamedWithThoseThatAreKnown() => Assert.Equal(
        $"Sources:0:Dialect is 'klingon'; expected one of {string.Join(", ", KnownDialects.All.Select(d => d.Name))}.",
        Refusal("Dialect", "klingon"));

    private static string Refusal(string key, string value) =>
        Assert.Throws<ConfigurationException>(Builder(($"Sources:0:{key}", value)).AddSources).Message;

    private static WebApplicationBuilder Builder(params (string Key, string? Value)[] settings)
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Configuration.Sources.Clear();
        builder.Configuration.AddInMemoryCollection(settings.Select(s => KeyValuePair.Create(s.Key, s.Value)));
        return builder;
    }
}
