using System.Runtime.InteropServices;

namespace IotGateway.Science.Fire.Fuels;

/// <summary>The fuel of a place: its type and, where the type asks for it, its composition.</summary>
/// <param name="Fuel">The FBP fuel type.</param>
[StructLayout(LayoutKind.Auto)]
public readonly record struct Stand(FuelType Fuel)
{
    /// <summary>Conifers in a mixedwood (M-1, M-2), %, 0 to 100. The default value is 50.</summary>
    public double ConiferPercent { get; init; } = 50;

    /// <summary>Dead fir in M-3 and M-4, %, 0 to 100. The default value is 35.</summary>
    public double DeadFirPercent { get; init; } = 35;

    /// <summary>Grass fuel load (O-1), kg/m², 0 to 100. The default value is 0.35.</summary>
    public double GrassLoad { get; init; } = 0.35;

    /// <summary>Degree of curing of grass (O-1), %, 0 to 100. The default value is 80.</summary>
    public double CuringPercent { get; init; } = 80;

    /// <summary>Height of the live crown base, m, above 0 and at most 150; the fuel type's own where null.</summary>
    public double? CrownBaseMetres { get; init; }

    /// <summary>Crown fuel load, kg/m², 0 to 100; the fuel type's own where null.</summary>
    public double? CrownLoad { get; init; }

    /// <summary>True of a place that burns at all.</summary>
    public bool Burns => Fuel is not (FuelType.NonFuel or FuelType.Water);

    /// <summary>Refuses a stand that cannot be.</summary>
    /// <exception cref="InputException">A value is outside its range, or is not a number.</exception>
    public void Validate()
    {
        Check.Within((int)Fuel, 0, (int)FuelType.S3, "fuel type");
        Check.Within(ConiferPercent, 0, 100, "conifers (%)");
        Check.Within(DeadFirPercent, 0, 100, "dead fir (%)");
        Check.Within(GrassLoad, 0, 100, "grass fuel load (kg/m²)");
        Check.Within(CuringPercent, 0, 100, "curing (%)");
        if (CrownBaseMetres is { } height)
            Check.Within(height, 0.001, 150, "crown base height (m)");
        if (CrownLoad is { } load)
            Check.Within(load, 0, 100, "crown fuel load (kg/m²)");
    }
}
