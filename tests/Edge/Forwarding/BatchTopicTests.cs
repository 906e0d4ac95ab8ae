using System.ComponentModel.DataAnnotations;
using IotGateway.Edge.Forwarding;

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
        var options = new ForwardingOptions { Rule = "a/b" };
        var found = new List<ValidationResult>();
        Validator.TryValidateProperty(options.Rule, new ValidationContext(options) { MemberName = nameof(options.Rule) }, found);
        Assert.Single(found);
    }
}
