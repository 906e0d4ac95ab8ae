using System.Xml.Linq;
using IotGateway.Architecture.Tests.Reading;

namespace IotGateway.Architecture.Tests;

/// <summary>References between the projects, checked on the compiled assemblies and on the project files.</summary>
public class ProjectsTests
{
    /// <summary>Assemblies of ours that each assembly uses, no more and no fewer.</summary>
    private static readonly Dictionary<string, string[]> Below = new()
    {
        ["Telemetry"] = [],
        ["Science"] = [],
        ["Tables"] = [],
        ["Analyst"] = ["Science", "Tables"],
        ["Learning"] = ["Science", "Tables"],
        ["Storage"] = [],
        ["Hosting"] = [],
        ["Aws"] = [],
        ["Edge"] = ["Aws", "Hosting", "Storage", "Telemetry"],
        ["Cloud"] = ["Aws", "Hosting", "Science", "Storage", "Tables", "Telemetry"],
        ["FirmwareSim"] = ["Science"],
    };

    [Fact]
    public void AnAssemblyUsesThoseBelowIt()
    {
        var used = Checkout.Here.Modules.Select(m => (Name: Short(m.Assembly.Name.Name), Below: m.AssemblyReferences.Select(r => r.Name)
            .Where(n => n.StartsWith("IotGateway.", StringComparison.Ordinal)).Select(Short).Order(StringComparer.Ordinal)));

        Assert.Equal(
            Below.Select(b => $"{b.Key} → {string.Join(", ", b.Value)}").Order(StringComparer.Ordinal),
            used.Select(u => $"{u.Name} → {string.Join(", ", u.Below)}").Order(StringComparer.Ordinal));
    }

    [Fact]
    public void TelemetryRefersToNothingOutsideTheFramework()
    {
        var telemetry = Checkout.Here.Modules.Single(m => Short(m.Assembly.Name.Name) == "Telemetry");

        Assert.All(telemetry.AssemblyReferences, a => Assert.StartsWith("System.", a.Name, StringComparison.Ordinal));
        Assert.Empty(Project("models/Telemetry/IotGateway.Telemetry.csproj").Descendants("PackageReference"));
    }

    [Fact]
    public void TheEdgeCarriesNoLearningPackages() => Assert.DoesNotContain(
        Project("edge/IotGateway.Edge.csproj").Descendants("PackageReference").Select(p => (string)p.Attribute("Include")!),
        p => p.StartsWith("Microsoft.ML", StringComparison.Ordinal));

    [Fact]
    public void EveryVersionStandsInOnePlace() => Assert.All(
        Checkout.Here.Projects.Select(p => Project($"{p.Folder}/{p.Name}.csproj")),
        p => Assert.DoesNotContain(p.Descendants("PackageReference"), r => r.Attribute("Version") is not null));

    private static XDocument Project(string path) => XDocument.Load(Path.Combine(Checkout.FindRoot(), path));

    private static string Short(string assembly) => assembly["IotGateway.".Length..];
}
