using System.Text.Json;

namespace IotGateway.EndToEnd.Tests;

/// <summary>Ledger of the field, read: the obligation that the cloud's store is held to.</summary>
internal sealed class SentReadings
{
    /// <summary>Distinct readings by (device, metric, unix milliseconds), with the values sent for them in order.</summary>
    public Dictionary<(string Device, string Metric, long Time), List<double>> Readings { get; } = [];

    public Dictionary<string, int> Bad { get; } = [];

    public int Lost { get; private set; }

    public bool Ended { get; private set; }

    public static SentReadings Read(string file)
    {
        var ledger = new SentReadings();
        foreach (var line in File.ReadLines(file))
        {
            var entry = JsonDocument.Parse(line).RootElement;
            switch (entry.GetProperty("kind").GetString())
            {
                case "up":
                    foreach (var value in entry.GetProperty("values").EnumerateObject())
                    {
                        var key = (entry.GetProperty("eui").GetString()!, value.Name, entry.GetProperty("time").GetInt64() * 1000);
                        if (!ledger.Readings.TryGetValue(key, out var values))
                            ledger.Readings.Add(key, values = []);
                        values.Add(value.Value.GetDouble());
                    }

                    break;
                case "lost":
                    ledger.Lost++;
                    break;
                case "bad":
                    var kind = entry.GetProperty("bad").GetString()!;
                    ledger.Bad[kind] = ledger.Bad.GetValueOrDefault(kind) + 1;
                    break;
                case "end":
                    ledger.Ended = true;
                    break;
            }
        }

        return ledger;
    }
}
