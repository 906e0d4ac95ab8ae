using IotGateway.Architecture.Tests.Reading;

namespace IotGateway.Architecture.Tests;

/// <summary>Rules of the house, each over the whole tree; the rules and their exceptions are listed in <see cref="House"/>.</summary>
public class TidyTests
{
    public static TheoryData<string> Names => [.. House.Rules.Select(r => r.Name)];

    [Theory]
    [MemberData(nameof(Names))]
    public void TheTreeKeepsTheRule(string name)
    {
        var rule = House.Rules.Single(r => r.Name == name);

        var broken = rule.Broken(Checkout.Here, House.Exceptions);

        Assert.True(broken.Count == 0, rule.Message(broken));
    }
}
