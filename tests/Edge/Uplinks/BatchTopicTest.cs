using System.ComponentModel.DataAnnotations;
using IotGateway.Edge.Uplinks;

namespace IotGateway.Edge.Tests.Uplinks;

public class BatchTopicTest
{
    [Fact]
    public void ARuleTakesTheBatchesByItsOwnTopics()
    {
        Assert.Equal("dt/hill/batch", new CloudUplinkOptions().BatchTopic("hill"));
        Assert.Equal("$aws/rules/take_batches/dt/hill/batch", new CloudUplinkOptions { Rule = "take_batches" }.BatchTopic("hill"));
    }

    [Fact]
    public void ARulesNameHoldsNoLevelOfATopic()
    {
        var options = new CloudUplinkOptions { Rule = "a/b" };
        var found = new List<ValidationResult>();
        Validator.TryValidateProperty(options.Rule, new ValidationContext(options) { MemberName = nameof(options.Rule) }, found);
        Assert.Single(found);
    }
}
