using IotGateway.FirmwareSim.NetworkServers;
using IotGateway.FirmwareSim.Nodes;

namespace IotGateway.FirmwareSim.Script;

/// <summary>
/// Bad messages beside the good frames, one kind after the other. They have a session of their own, address
/// <see cref="DevAddr"/> with counters from <see cref="FirstFCnt"/>, so that none collides with a good frame's.
/// </summary>
internal sealed class BadInputs(FieldSettings settings, NetworkServerKind network)
{
    public const string DevAddr = "01bad000";
    public const uint FirstFCnt = 1_000_000;
    public const int MegabyteBytes = 1_048_576;

    /// <summary>In the order of the rotation, as the ledger names them.</summary>
    public static readonly IReadOnlyList<string> Kinds =
        ["truncated", "oversized", "not-json", "other-shape", "unknown-eui", "time-2106", "no-value", "one-megabyte", "not-base64"];

    private static readonly NodeIdentity Stranger = new(DevEui.Unknown, "stranger", "unknown");

    private static readonly Dictionary<string, double?> Of2106 = new(StringComparer.Ordinal) { ["hive_temperature"] = 21.06 };

    private int _sent;

    /// <summary>The bad message to inject after a node's measurement; null for none.</summary>
    public Transmission? After(NodeIdentity node, Measurement measurement)
    {
        var draws = Draws.For(settings.Seed, "bad", node.DevEui.Hex, measurement.Time.ToUnixTimeSeconds());
        if (draws.NextUnit() >= settings.Bad)
            return null;

        var fCnt = FirstFCnt + (uint)_sent;
        return Make(Kinds[_sent++ % Kinds.Count], node, measurement, fCnt);
    }

    private Transmission Make(string kind, NodeIdentity node, Measurement measurement, uint fCnt)
    {
        var time = measurement.Time;
        var seconds = time.ToUnixTimeSeconds();
        var sender = kind == "unknown-eui" ? Stranger : node;
        var server = network.For(sender);
        var air = Reception.Draw(settings.Seed, sender.DevEui, fCnt, 0, 0);
        var good = PayloadEncoder.Encode((uint)seconds, measurement.Values);

        return kind switch
        {
            "truncated" => Frame(good[..^1]),
            "oversized" => Frame([.. good, .. new byte[250 - good.Length]]),
            "not-json" => Message(Up(good).Payload[..200]),
            "other-shape" => Message("""{"sensor":"greenhouse","temperature":21.5,"ok":[true,null]}"""u8.ToArray()),
            "unknown-eui" => Frame(good, seconds, PayloadEncoder.AsSent(measurement.Values)),
            "time-2106" => Frame(PayloadEncoder.Encode(uint.MaxValue, Of2106), uint.MaxValue, PayloadEncoder.AsSent(Of2106)),
            "no-value" =>
                Frame(
                    PayloadEncoder.Encode(
                        (uint)seconds, measurement.Values.Keys.ToDictionary(m => m, _ => (double?)null, StringComparer.Ordinal)), seconds),
            "one-megabyte" => Message(Padded(Up(new byte[700_000]).Payload), fCnt),
            "not-base64" => Message(server.Up(time, DevAddr, fCnt, "*** not base64 ***", air)[0].Payload, fCnt),
            _ => throw new InvalidOperationException($"No such kind: {kind}."),
        };

        MqttEvent Up(byte[] frame) => server.Up(time, DevAddr, fCnt, Convert.ToBase64String(frame), air)[0];

        Transmission Frame(byte[] frame, long? frameTime = null, IReadOnlyDictionary<string, double>? values = null) =>
            Message(Up(frame).Payload, fCnt, frameTime, values);

        Transmission Message(
            byte[] payload, uint? counter = null, long? frameTime = null, IReadOnlyDictionary<string, double>? values = null) => new(
            TransmissionKind.Bad,
            time,
            new LedgerLine("bad", sender.DevEui.Hex, counter is null ? null : DevAddr, counter, frameTime, values, kind),
            [new MqttEvent(server.UplinkTopic, payload)]);
    }

    /// <summary>Exactly a megabyte: JSON may end in blanks.</summary>
    private static byte[] Padded(byte[] json)
    {
        var message = new byte[MegabyteBytes];
        json.CopyTo(message, 0);
        message.AsSpan(json.Length).Fill((byte)' ');
        return message;
    }
}
