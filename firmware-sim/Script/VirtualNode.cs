using IotGateway.FirmwareSim.NetworkServers;
using IotGateway.FirmwareSim.Nodes;

namespace IotGateway.FirmwareSim.Script;

/// <summary>A hive node on the air: joins, counts its frames, joins anew once in mid replay, answers for its battery once a day.</summary>
internal sealed class VirtualNode(NodeSource source, FieldSettings settings, NetworkServerKind network)
{
    private readonly INetworkServer _server = network.For(source.Node);
    private string _devAddr = "";
    private uint _fCnt;
    private long _frames;
    private int _joins;
    private DateOnly _statusDay;

    public NodeSource Source => source;

    /// <summary>All that follows from one measurement.</summary>
    public IEnumerable<Transmission> Send(Measurement measurement)
    {
        var time = measurement.Time;
        if (_frames == 0 || _frames == source.Count / 2)
            yield return Join(time.AddSeconds(-6));

        var seconds = time.ToUnixTimeSeconds();
        var frame = PayloadEncoder.Encode(checked((uint)seconds), measurement.Values);
        var reception = Reception.Draw(settings.Seed, source.Node.DevEui, _frames, settings.Lost, settings.Duplicate);
        var lost = reception.Delivery == Delivery.Lost;
        yield return new Transmission(
            lost ? TransmissionKind.Lost : TransmissionKind.Up,
            time,
            new LedgerLine(
                lost ? "lost" : "up", source.Node.DevEui.Hex, _devAddr, _fCnt, seconds, PayloadEncoder.AsSent(measurement.Values)),
            _server.Up(time, _devAddr, _fCnt, Convert.ToBase64String(frame), reception));

        var day = DateOnly.FromDateTime(time.UtcDateTime);
        if (!lost && day != _statusDay)
        {
            _statusDay = day;
            yield return Status(time, reception.DelayNanoseconds + 1_210_000);
        }

        _fCnt++;
        _frames++;
    }

    /// <summary>A new session: another address, the counter at 0.</summary>
    private Transmission Join(DateTimeOffset time)
    {
        var draws = Draws.For(settings.Seed, "join", source.Node.DevEui.Hex, _joins++);
        _devAddr = ((uint)draws.NextUInt64() & 0x01FF_FFFF).ToString("x8", System.Globalization.CultureInfo.InvariantCulture);
        _fCnt = 0;
        return new Transmission(
            TransmissionKind.Join, time, null, [_server.Join(time, (long)draws.Between(150e6, 900e6), draws.NextUuid(), _devAddr)]);
    }

    private Transmission Status(DateTimeOffset time, long delayNanoseconds)
    {
        var fitted = Draws.For(settings.Seed, "battery", source.Node.DevEui.Hex).Between(90, 99);
        var draws = Draws.For(settings.Seed, "status", source.Node.DevEui.Hex, time.UtcDateTime.DayOfYear);
        var battery = Math.Round(fitted - (0.03 * time.UtcDateTime.DayOfYear), 1);
        return new Transmission(
            TransmissionKind.Status, time, null, [_server.Status(time, delayNanoseconds, draws.NextUuid(), draws.Whole(4, 18), battery)]);
    }
}
