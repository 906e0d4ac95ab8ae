using System.Runtime.CompilerServices;
using IotGateway.Science.Hive.Colony.Biology;

namespace IotGateway.Science.Hive.Colony.Model;

/// <summary>Worker cells by the day on which their eggs were laid, in a ring: the eldest's place becomes the youngest's.</summary>
[InlineArray(BeeBiology.DaysToEmerge)]
internal struct BroodCells
{
    private double _first;
}
