using IotGateway.Hosting.Configuration;
using Microsoft.Extensions.Configuration;

namespace IotGateway.Hosting.Tests;

public sealed class ConfigurationFileTests : IDisposable
{
    private readonly string _file = Path.GetTempFileName();

    [Fact]
    public void TheCommandLineGoesBeforeTheFile()
    {
        var configuration = Read("""{ "Data": { "Folder": "a", "Kept": "c" } /* a word */, }""", "--data", "b");

        Assert.Equal("b", configuration["Data:Folder"]);
        Assert.Equal("c", configuration["Data:Kept"]);
    }

    [Theory]
    [InlineData("""{ "Sauces": [] }""", "has the section 'Sauces'; expected some of Data, Sources.")]
    [InlineData("""{ "Data": { "Folder": null } }""", "Data:Folder is null; expected a value")]
    [InlineData("""{ "Sources": [ { "Name": "a" }, { "Name": null } ] }""", "Sources:1:Name is null; expected a value")]
    [InlineData("""{ "Data": """, "cannot be read as a JSON object")]
    [InlineData("[]", "cannot be read as a JSON object")]
    public void AMistakeInTheFileIsNamed(string json, string expected) =>
        Assert.Contains(expected, Assert.Throws<ConfigurationException>(() => Read(json)).Message, StringComparison.Ordinal);

    [Fact]
    public void AFileThatIsNotThereIsNamed() =>
        Assert.Equal(
            "--config is '/none'; expected a JSON file that exists.",
            Assert.Throws<ConfigurationException>(() => new ConfigurationManager().AddFileAndArguments(["--config", "/none"], [])).Message);

    public void Dispose() => File.Delete(_file);

    private ConfigurationManager Read(string json, params string[] more)
    {
        File.WriteAllText(_file, json);
        var configuration = new ConfigurationManager();
        configuration.AddFileAndArguments(
            ["--config", _file, .. more], ["Data", "Sources"], new Dictionary<string,
            string>(StringComparer.Ordinal)
            { ["--data"] = "Data:Folder" });
        return configuration;
    }
}
