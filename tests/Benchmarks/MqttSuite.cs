namespace IotGateway.Benchmarks;

/// <summary>MQTT that acknowledges only what is durable, beside the same without a store and beside mosquitto.</summary>
internal static class MqttSuite
{
    public static async Task<IReadOnlyList<Ratio>> Run(bool quick)
    {
        var folder = Directory.CreateTempSubdirectory("mqtt-benchmark-").FullName;
        try
        {
            var ratios = new List<Ratio>();
            await MqttIngest.Run(folder, quick, ratios);
            await MqttConsumer.Run(folder, quick, ratios);
            return ratios;
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }
}
