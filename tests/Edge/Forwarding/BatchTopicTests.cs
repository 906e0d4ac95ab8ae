using IotGateway.Edge.Forwarding.Cloud;
using IotGateway.Hosting.Configuration;

namespace IotGateway.Edge.Tests.Forwarding;

public class BatchTopicTests
{
    [Fact]
    public void ARuleTakesTheBatchesByItsOwnTopics()
    {
        Assert.Equal("dt/hill/batch", new ForwardingOptions().BatchTopic("hill"));
        Assert.Equal("$aws/rules/take_batches/dt/hill/batch", new ForwardingOptions { Rule = "take_batches" }.BatchTopic("hill"));
    }

    [Fact]
    public void ARulesNameHoldsNoLevelOfATopic()
    {
        ForwardingOptions.CheckRule("take_batches");
        Assert.Contains(
            ":Rule is 'a/b'; expected", Assert.Throws<ConfigurationException>(() => ForwardingOptions.CheckRule("a/b")).Message,
            StringComparison.Ordinal);
    }
}
