using IotGateway.Tests.Services;
[assembly: AssemblyFixture(typeof(Ceph))]

namespace IotGateway.Edge.Tests.Objects;

/// <summary>The tests that share the store, one after the other: some of them kill it.</summary>
[CollectionDefinition(Name)]
public sealed class CephTests
{
    internal const string Name = "Ceph";
}
