using System.Text.Json;
using System.Text.Json.Serialization;
using IotGateway.Storage.Files;

namespace IotGateway.Edge.Sources.Mqtt;

/// <summary>A session at a broker, as this gateway left it.</summary>
/// <param name="Broker">Host and port.</param>
/// <param name="Client">The client id that the session hangs on.</param>
/// <param name="Filters">Topic filters that it may hold.</param>
internal sealed record BrokerSession(string Broker, string Client, IReadOnlyList<string> Filters);

/// <summary>
/// Memory, over restarts, of the filters subscribed with: a broker tells nobody what a session holds, and a filter that was taken out of
/// the configuration lives on there until it is unsubscribed. Written before a filter is added and after one is gone.
/// </summary>
internal sealed class SessionFile(string folder, string source)
{
    private readonly string _path = Path.Combine(folder, source + ".json");

    /// <summary>The session of that client at that broker; null when it is not known.</summary>
    public BrokerSession? Read(string broker, string client)
    {
        try
        {
            var kept = File.Exists(_path) ? JsonSerializer.Deserialize(File.ReadAllBytes(_path), SessionJson.Default.BrokerSession) : null;
            return kept is { Filters: { } filters } && kept.Broker == broker && kept.Client == client
                ? kept with { Filters = [.. filters.Where(f => !string.IsNullOrEmpty(f))] }
                : null;
        }
        catch (Exception e) when (e is JsonException || e.IsFromDisk())
        {
            // Without it the worst is a filter that lives on, whose messages are known by their topic.
            return null;
        }
    }

    /// <exception cref="IOException">The disk refuses; so may an <see cref="UnauthorizedAccessException"/>.</exception>
    public void Write(BrokerSession session)
    {
        DurableFile.CreateFolder(folder);
        DurableFile.Write(_path, JsonSerializer.SerializeToUtf8Bytes(session, SessionJson.Default.BrokerSession));
    }
}

[JsonSerializable(typeof(BrokerSession))]
internal sealed partial class SessionJson : JsonSerializerContext;
