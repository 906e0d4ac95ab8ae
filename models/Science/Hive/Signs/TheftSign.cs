using IotGateway.Science.Hive.Weight;

namespace IotGateway.Science.Hive.Signs;

/// <summary>
/// More weight taken at once than a swarm is, and nobody wrote it down: boxes or the whole hive carried away, a hive tipped over, or a
/// beekeeper's work or tare that was not written.
/// </summary>
/// <remarks>A hive of one box without honey weighs above 8 kg; the bounds are set round figures.</remarks>
/// <param name="At">The first reading after it.</param>
/// <param name="Kilograms">Weight taken, kg, above 5.</param>
/// <param name="LeftKilograms">What the scale reads since, kg.</param>
public sealed record TheftSign(DateTimeOffset At, double Kilograms, double LeftKilograms)
{
    private const double EmptyKilograms = 5;

    /// <summary>Too little is left for a hive: nothing stands there, or the scale was set to another zero.</summary>
    public bool IsEmpty => LeftKilograms < EmptyKilograms;

    /// <summary>The newest such sign.</summary>
    /// <param name="net">Net weight.</param>
    /// <param name="since">Steps before it are not looked at.</param>
    /// <returns>Null where there is none, or where as much has been put back since.</returns>
    public static TheftSign? Of(NetWeight net, DateTimeOffset since)
    {
        ArgumentNullException.ThrowIfNull(net);
        var last = net.Steps.LastOrDefault(s => s.Kind == StepKind.Unwritten && s.To > since);
        return last is { Kilograms: < 0 } ? new TheftSign(last.To, -last.Kilograms, net.Points[^1].RawKilograms) : null;
    }
}
