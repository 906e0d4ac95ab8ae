using System.Runtime.CompilerServices;
using IotGateway.Science.Hive.Colony.Biology;

namespace IotGateway.Science.Hive.Colony.Model;

/// <summary>Mother mites in sealed cells by the day on which the cells were sealed, in a ring.</summary>
[InlineArray(MiteBiology.SealedDays)]
internal struct SealedMites
{
    private double _first;
}
