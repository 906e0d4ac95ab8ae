using IotGateway.Edge.Clock;
using IotGateway.Telemetry;
using IotGateway.Telemetry.Wire;

namespace IotGateway.Edge.Packs;

/// <summary>Gives packs the times they go to the cloud with: a stamp's pack is put right when that can be done, else flagged.</summary>
internal sealed class PackResolver(GatewayClock clock)
{
    /// <summary>
    /// True when a pack must wait in the buffer, because the time may yet become known that one of its readings hangs on.
    /// </summary>
    public bool MustWait(ReadOnlyMemory<byte> pack)
    {
        try
        {
            return StampedPack.StampOf(pack.Span) is { } stamp && clock.MustWait(stamp);
        }
        catch (BatchFormatException)
        {
            return false;
        }
    }

    /// <summary>A pack as it goes to the cloud, without a stamp.</summary>
    public ReadOnlyMemory<byte> Resolve(ReadOnlyMemory<byte> pack)
    {
        try
        {
            return StampedPack.StampOf(pack.Span) is { } stamp ? Resolve(pack.Span, stamp) : pack;
        }
        catch (BatchFormatException)
        {
            // Not ours to judge: the cloud refuses it by name, and it goes to the dead letters.
            return pack;
        }
    }

    private ReadOnlyMemory<byte> Resolve(ReadOnlySpan<byte> pack, Stamp stamp)
    {
        var decision = clock.DecisionOn(stamp);
        if (decision?.Zero is null && !stamp.Waits)
            return StampedPack.Strip(pack);

        var readings = Senml.Read(pack);
        if (decision?.Zero is { } zero)
        {
            readings = stamp.Retime(readings, zero, TimeSpan.FromSeconds(decision.FutureSeconds));
            clock.CountRetimed(readings.Count(r => r.Quality.HasFlag(Quality.Retimed)), zero - stamp.Zero);
        }
        else
        {
            clock.CountUnsure(readings.Count(r => r.Quality.HasFlag(Quality.ClockUnsure)));
        }

        return StampedPack.Write(null, readings);
    }
}
