using System.Globalization;
using System.Text.Json;

namespace IotGateway.EndToEnd.Tests;

/// <summary>Everything the cloud has stored, read through its API page by page.</summary>
internal static class StoredReadings
{
    private static readonly string[] Metrics = ["hive_temperature", "hive_humidity"];

    public static async Task<Dictionary<(string Device, string Metric, long Time), double>> AllAsync(Chain chain)
    {
        var stored = new Dictionary<(string, string, long), double>();
        using var hives = JsonDocument.Parse(await chain.Http.GetStringAsync(new Uri(chain.CloudUrl + "/api/hives")));
        foreach (var hive in hives.RootElement.EnumerateArray())
        {
            var device = hive.GetProperty("device").GetString()!;
            foreach (var metric in Metrics)
            {
                string? next = $"/api/hives/{hive.GetProperty("id").GetString()}/readings"
                    + $"?metric={metric}&from=2021-06-01T00:00:00Z&to=2021-12-01T00:00:00Z&limit=1000";
                while (next is not null)
                {
                    using var page = JsonDocument.Parse(await chain.Http.GetStringAsync(new Uri(chain.CloudUrl + next)));
                    foreach (var reading in page.RootElement.GetProperty("readings").EnumerateArray())
                    {
                        var time = DateTimeOffset.Parse(reading.GetProperty("time").GetString()!, CultureInfo.InvariantCulture);
                        Assert.True(
                            stored.TryAdd((device, metric, time.ToUnixTimeMilliseconds()), reading.GetProperty("value").GetDouble()),
                            $"{device} {metric} {time:O} came twice");
                    }

                    next = page.RootElement.TryGetProperty("next", out var link) ? link.GetString() : null;
                }
            }
        }

        return stored;
    }

    /// <summary>Number of readings that the cloud says it has; -1 while it does not answer.</summary>
    public static async Task<long> CountAsync(Chain chain) =>
        await chain.GetAsync(chain.CloudUrl + "/api/status") is { } status ? status.GetProperty("readings").GetInt64() : -1;

    /// <summary>The store holds each distinct reading of the ledger once, with the first value that was sent, and nothing else.</summary>
    public static void Equal(SentReadings sent, Dictionary<(string Device, string Metric, long Time), double> stored)
    {
        var missing = sent.Readings.Keys.Except(stored.Keys).Take(5).ToArray();
        var extra = stored.Keys.Except(sent.Readings.Keys).Take(5).ToArray();
        Assert.True(missing.Length == 0, $"lost: {string.Join(", ", missing)}");
        Assert.True(extra.Length == 0, $"never sent: {string.Join(", ", extra)}");
        Assert.All(stored, reading => Assert.Contains(reading.Value, sent.Readings[reading.Key]));
        Assert.Equal(sent.Readings.Count, stored.Count);
    }
}
