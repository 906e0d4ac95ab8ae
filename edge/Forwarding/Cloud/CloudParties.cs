using MQTTnet;

namespace IotGateway.Edge.Forwarding.Cloud;

/// <summary>Those who speak with the cloud beside the batches, over one connection.</summary>
/// <param name="parties">They.</param>
/// <param name="client">The connection.</param>
/// <param name="reconnect">Ends the connection, with the reason, to begin another.</param>
/// <param name="log">The room's log.</param>
internal sealed class CloudParties(IEnumerable<ICloudTopics> parties, IMqttClient client, Action<string> reconnect, ILogger log)
{
    private readonly List<(ICloudTopics Party, CloudLink Link)> _parties = [.. parties.Select(p => (p, new CloudLink(client, reconnect)))];
    private IReadOnlyList<string> _refused = [];
    private List<Task> _speaking = [];

    /// <summary>Hands a message to the party that listens on its topic; false when none does.</summary>
    public bool TryTake(MqttApplicationMessage message)
    {
        foreach (var (party, link) in _parties)
        {
            if (party.Topics.Contains(message.Topic, StringComparer.Ordinal))
            {
                link.Take(message);
                return true;
            }
        }

        return false;
    }

    /// <summary>Subscribes to their topics.</summary>
    public async Task SubscribeAsync(CancellationToken cancellation)
    {
        _refused = await CloudConnection.SubscribeAsync(client, _parties.SelectMany(p => p.Party.Topics), cancellation);
        if (_refused.Count > 0)
            log.TopicsRefused(string.Join(", ", _refused));
    }

    /// <summary>Lets them speak. One that the broker will not hear stays silent, and the readings go on.</summary>
    public void Begin(CancellationTokenSource connection) =>
        _speaking =
        [
            .. _parties.Where(p => !p.Party.Topics.Intersect(_refused).Any()).Select(p => SpeakAsync(p.Party, p.Link, connection)),
        ];

    /// <summary>Waits until all have ended, whatever their end; throws what one of them ended by where <paramref name="told"/>.</summary>
    public async Task EndAsync(bool told)
    {
        await Task.WhenAll(_speaking).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        if (told && _speaking.Find(t => t.IsFaulted) is { } broken)
            await broken;
    }

    private async Task SpeakAsync(ICloudTopics party, CloudLink link, CancellationTokenSource connection)
    {
        var ended = false;
        try
        {
            await party.RunAsync(link, connection.Token);
            ended = true;
        }
        catch (PublishRefusedException refused)
        {
            log.TopicsRefused(refused.Message);
            ended = true;
        }
        finally
        {
            if (!ended)
                await connection.CancelAsync();
        }
    }
}
