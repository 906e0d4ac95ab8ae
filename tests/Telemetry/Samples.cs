using System.Buffers;
using IotGateway.Telemetry.Wire;

namespace IotGateway.Telemetry.Tests;

internal static class Samples
{
    public static readonly DateTimeOffset Time = DateTimeOffset.FromUnixTimeMilliseconds(1_624_061_764_000);

    public static readonly DateTimeOffset Received = DateTimeOffset.FromUnixTimeMilliseconds(1_624_061_764_412);

    public static Reading Reading(string device, string metric, double value, Quality quality = Quality.Good, int afterSeconds = 0) => new(
        DeviceId.Parse(device), metric, Time.AddSeconds(afterSeconds), value, Metrics.Find(metric)?.Unit ?? "", quality,
        Received.AddSeconds(afterSeconds));

    public static ReadOnlyMemory<byte> Pack(params Reading[] readings)
    {
        var output = new ArrayBufferWriter<byte>();
        Senml.Write(output, readings);
        return output.WrittenMemory;
    }

    public static byte[] Golden(string name)
    {
        using var resource = typeof(Samples).Assembly.GetManifestResourceStream($"IotGateway.Telemetry.Tests.Golden.{name}")
            ?? throw new InvalidOperationException($"There is no golden file {name}.");
        using var bytes = new MemoryStream();
        resource.CopyTo(bytes);
        return bytes.ToArray();
    }
}
