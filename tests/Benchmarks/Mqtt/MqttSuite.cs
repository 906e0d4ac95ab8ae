using IotGateway.Benchmarks.Measures;

namespace IotGateway.Benchmarks.Mqtt;

/// <summary>MQTT that acknowledges only what is durable, beside the same without a store and beside mosquitto.</summary>
internal static class MqttSuite
{
    public static async Task<IReadOnlyList<Ratio>> RunAsync(bool quick)
    {
        var folder = Directory.CreateTempSubdirectory("mqtt-benchmark-").FullName;
        try
        {
            var ratios = new List<Ratio>();
            await MqttIngest.RunAsync(folder, quick, ratios);
            await MqttConsumer.RunAsync(folder, quick, ratios);
            return ratios;
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }
}
