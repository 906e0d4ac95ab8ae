using IotGateway.Architecture.Tests.Reading;

namespace IotGateway.Architecture.Tests;

/// <summary>The arrows of ARCHITECTURE.md, checked on the compiled assemblies against <see cref="RoomTable"/>.</summary>
public class RoomsTests
{
    [Fact]
    public void RoomsReachOnlyTheirNeighbours()
    {
        var broken = Checkout.Here.Modules.SelectMany(RoomTable.Broken).ToList();

        Assert.True(broken.Count == 0, string.Join('\n', broken));
    }
}
