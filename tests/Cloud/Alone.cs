namespace IotGateway.Cloud.Tests;

/// <summary>Tests that measure the process they run in, beside no other.</summary>
[CollectionDefinition(Name, DisableParallelization = true)]
public sealed class Alone
{
    public const string Name = "alone";
}
