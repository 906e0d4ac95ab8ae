using System.Reflection;
using System.Xml.Linq;

namespace IotGateway.Architecture.Tests;

/// <summary>References that the projects may have, checked on the compiled assemblies and on the project files.</summary>
public class ProjectsTests
{
    [Theory]
    [InlineData("IotGateway.Telemetry", "")]
    [InlineData("IotGateway.Science", "")]
    [InlineData("IotGateway.Storage", "")]
    [InlineData("IotGateway.Analyst", "Science")]
    [InlineData("IotGateway.Hosting", "")]
    [InlineData("IotGateway.Aws", "")]
    [InlineData("IotGateway.Edge", "Telemetry,Storage,Hosting,Aws")]
    [InlineData("IotGateway.Cloud", "Telemetry,Science,Storage,Hosting,Aws")]
    [InlineData("IotGateway.FirmwareSim", "Telemetry")]
    public void AnAssemblyRefersOnlyToThoseBelowIt(string assembly, string below)
    {
        var allowed = below.Split(',', StringSplitOptions.RemoveEmptyEntries).Select(b => "IotGateway." + b);
        var used = Assembly.Load(assembly)
            .GetReferencedAssemblies()
            .Select(a => a.Name!)
            .Where(n => n.StartsWith("IotGateway.", StringComparison.Ordinal));

        Assert.Empty(used.Except(allowed));
    }

    [Fact]
    public void TelemetryRefersToNothingOutsideTheFramework()
    {
        var project = XDocument.Load(Path.Combine(Root(), "models", "Telemetry", "IotGateway.Telemetry.csproj"));

        Assert.Empty(project.Descendants("PackageReference"));
        Assert.Empty(project.Descendants("ProjectReference"));
        Assert.All(
            Assembly.Load("IotGateway.Telemetry").GetReferencedAssemblies(),
            a => Assert.StartsWith("System.", a.Name, StringComparison.Ordinal));
    }

    [Fact]
    public void TheEdgeCarriesNoLearningPackages() => Assert.DoesNotContain(
        XDocument.Load(Path.Combine(Root(), "edge", "IotGateway.Edge.csproj"))
            .Descendants("PackageReference")
            .Select(p => (string)p.Attribute("Include")!),
        p => p.StartsWith("Microsoft.ML", StringComparison.Ordinal));

    [Fact]
    public void EveryVersionStandsInOnePlace()
    {
        var projects = Directory.GetFiles(Root(), "*.csproj", SearchOption.AllDirectories);

        Assert.All(
            projects,
            p => Assert.DoesNotContain(XDocument.Load(p).Descendants("PackageReference"), r => r.Attribute("Version") is not null));
    }

    private static string Root()
    {
        for (var folder = new DirectoryInfo(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
        {
            if (File.Exists(Path.Combine(folder.FullName, "IotGateway.sln")))
                return folder.FullName;
        }

        throw new InvalidOperationException("The tests do not lie inside the checkout.");
    }
}
