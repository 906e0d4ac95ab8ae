namespace IotGateway.FirmwareSim.Nodes;

/// <summary>One line of the field table in PAYLOAD.md.</summary>
/// <param name="Bytes">Bytes of each metric's number.</param>
/// <param name="StepsPerUnit">The reciprocal of the page's factor: raw = (value − offset) × steps per unit.</param>
internal sealed record PayloadField(int Bit, int Bytes, bool Signed, double StepsPerUnit, double Offset, params string[] Metrics)
{
    /// <summary>The raw number that says "the sensor did not answer", as its unsigned bit pattern.</summary>
    public uint NoValue => Signed ? 1u << ((Bytes * 8) - 1) : (uint)((1UL << (Bytes * 8)) - 1);

    /// <summary>The number sent for a value, as its unsigned bit pattern.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The value does not fit the field, or would read as "no value".</exception>
    public uint Raw(double value)
    {
        var steps = Math.Round((value - Offset) * StepsPerUnit, MidpointRounding.AwayFromZero);
        var greatest = Signed ? (1L << ((Bytes * 8) - 1)) - 1 : NoValue - 1L;
        var least = Signed ? -greatest : 0; // the one below is "no value"
        if (!(steps >= least && steps <= greatest))
            throw new ArgumentOutOfRangeException(nameof(value), value, $"{Metrics[0]} does not fit its field.");

        return (uint)(long)steps & (uint)((1UL << (Bytes * 8)) - 1);
    }

    /// <summary>The value that a receiver reads: the measured one in whole steps.</summary>
    public double AsSent(double value) =>
        Math.Round((Math.Round((value - Offset) * StepsPerUnit, MidpointRounding.AwayFromZero) / StepsPerUnit) + Offset, 3);
}
