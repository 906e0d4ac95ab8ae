using System.Runtime.CompilerServices;
using IotGateway.Science.Hive.Colony.Model;

namespace IotGateway.Science.Hive.Colony.Filter;

/// <summary>A colony as it may be, with what its sensors' offsets then are.</summary>
internal struct Particle
{
    public ColonyState Colony;

    /// <summary>Expected offset of each sensor: known exactly once the colony is, so that none is drawn (Rao-Blackwell).</summary>
    public Offsets Offsets;
}

/// <summary>Number of sensors that a filter takes, and a place for each.</summary>
[InlineArray(Most)]
internal struct Offsets
{
    public const int Most = 12;

    private double _first;
}
