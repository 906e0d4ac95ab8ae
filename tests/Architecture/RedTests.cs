using IotGateway.Architecture.Tests.Reading;
using IotGateway.Architecture.Tests.Rules;
using IotGateway.Architecture.Tests.Samples;

namespace IotGateway.Architecture.Tests;

/// <summary>Proof that each rule can go red: on samples that break it, and on an exception that nothing needs.</summary>
public class RedTests
{
    private static readonly Rooms Table = new("IotGateway.Edge", [], new() { ["A"] = ["B"], ["B"] = [] });

    public static TheoryData<string> Names => [.. House.Rules.Select(r => r.Name)];

    [Theory]
    [MemberData(nameof(Names))]
    public void ARuleFindsWhatBreaksItAndNothingElse(string name)
    {
        var sample = BrokenRule.All.Single(b => b.Rule == name);

        var found = House.Rules.Single(r => r.Name == name).Find(Sample.Of(sample.Files));

        Assert.Equal(sample.Found, found.Select(f => f.Name).Order(StringComparer.Ordinal));
    }

    [Fact]
    public void AnExceptionAllowsWhatItNamesUntilNothingNeedsIt()
    {
        var rule = House.Rules.Single(r => r.Name == "lines");
        var checkout = Sample.Of(("edge/A.cs", new string('/', 141)), ("edge/B.cs", new string('/', 141)));

        var broken = rule.Broken(checkout, [new("lines", "edge/A.cs", "a sample"), new("lines", "edge/C.cs", "a sample")]);

        Assert.Equal(["edge/B.cs", "edge/C.cs"], broken.Select(b => b.Name));
    }

    [Theory]
    [InlineData("A", "class X { B.Y y; }", "B", "class Y;", "")]
    [InlineData("A", "class X;", "B", "class Y;", "A → B")]
    [InlineData("A", "class X { B.Y y; }", "B", "class Y { C.Z z; } } namespace C { class Z;", "B → C, C")]
    [InlineData("A", "class X { B.Y y; B.D.Z z; }", "B", "class Y; namespace D { class Z; }", "A → B.D")]
    [InlineData("A", "class X { B.Y y; } } class Program { A.X x; } class S; namespace E {", "B", "class Y { S s; }", "S, B → (root)")]
    public void TheTableOfRoomsIsKept(string upper, string above, string lower, string below, string expected)
    {
        var text = $"namespace IotGateway.Edge {{ namespace {upper} {{ {above} }} namespace {lower} {{ {below} }} }}";
        var module = Sample.Of(("edge/All.cs", text)).Modules[0];

        var found = ForbiddenArrows.Find(module, Table).Select(v => v.Name.Replace("IotGateway.Edge: ", "", StringComparison.Ordinal)
            .Replace("IotGateway.Edge.", "", StringComparison.Ordinal));

        Assert.Equal(expected.Split(", ", StringSplitOptions.RemoveEmptyEntries).Order(), found.Order());
    }
}
