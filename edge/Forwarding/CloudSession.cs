using System.Buffers;
using System.Threading.Channels;
using IotGateway.Edge.Buffer;
using IotGateway.Edge.Forwarding.Cloud;
using IotGateway.Edge.Forwarding.Lanes;
using IotGateway.Edge.Mqtt;
using IotGateway.Edge.Settings;
using IotGateway.Hosting;
using IotGateway.Telemetry.Wire;
using MQTTnet;
using MQTTnet.Exceptions;

namespace IotGateway.Edge.Forwarding;

/// <summary>
/// One connection to the cloud after the other, each from the login to its end: who listens, who speaks, and the way down.
/// </summary>
internal sealed class CloudSession(
    ForwardingOptions options, GatewayOptions gateway, CloudLogin login, BatchSender sender, IEnumerable<ICloudTopics> others,
    BatchBuffer buffer, ForwardingStatus status, TimeProvider time, ILogger<CloudForwarder> log)
{
    private static readonly TimeSpan Farewell = TimeSpan.FromSeconds(2);

    /// <summary>Bytes that the envelope and MQTT's header take beside the packs of a message at the broker's limit.</summary>
    private const int PacketOverhead = 256;

    private readonly MqttClientFactory _factory = new();

    /// <summary>Connects and sends until the connection ends, and throws what ended it.</summary>
    public async Task RunAsync(Backoff backoff, CancellationToken stopping)
    {
        using var client = _factory.CreateMqttClient();
        using var connection = CancellationTokenSource.CreateLinkedTokenSource(stopping);
        var answers = Channel.CreateBounded<StoredAnswer>(new BoundedChannelOptions(1000) { SingleReader = true });
        string? reason = null;
        var ended = new TaskCompletionSource<MqttClientDisconnectedEventArgs>(TaskCreationOptions.RunContinuationsAsynchronously);
        var parties = new CloudParties(
            others, client, why =>
            {
                reason ??= why;
                connection.Cancel();
            },
            log);
        client.DisconnectedAsync += async e =>
        {
            ended.TrySetResult(e);
            reason ??= e.Exception?.Message ?? e.ReasonString ?? e.Reason.ToString();
            await connection.CancelAsync();
        };
        var (stored, takenOver) = (false, false);
        client.ApplicationMessageReceivedAsync += async e =>
            stored |= await ReceiveAsync(e.ApplicationMessage, answers.Writer, parties, connection.Token);

        var connected = await login.ConnectAsync(client, stopping);
        await parties.SubscribeAsync(stopping);
        var since = time.GetTimestamp();
        status.Connected();
        log.CloudConnected(options.Host, options.Port, Counted.Of(buffer.Status.Batches, "batch", "batches"));
        parties.Begin(connection);
        try
        {
            await sender.RunAsync(client, answers, LargestMessage(connected), connection.Token);
        }
        catch (Exception e) when (!stopping.IsCancellationRequested)
        {
            takenOver = await WasTakenOverAsync(client, e, ended.Task);
            if (takenOver)
                throw new TakenOverException(gateway.Name, e);
            if (e is not OperationCanceledException)
                throw;
            await parties.EndAsync(told: true);
            throw new MqttCommunicationException(reason ?? "the connection ended");
        }
        finally
        {
            // A broker that lets in and throws out at once, as for a policy or for another client of this name, is not asked again twice a
            // second. A line that is bad and yet carries batches is.
            if (time.GetElapsedTime(since) > Outbox.Patience || (stored && !takenOver))
                backoff.Reset();
            await connection.CancelAsync();
            await parties.EndAsync(told: false);
            if (stopping.IsCancellationRequested && client.IsConnected)
            {
                using var enough = new CancellationTokenSource(Farewell, time);
                await client.DisconnectAsync(new MqttClientDisconnectOptions(), enough.Token);
            }
        }
    }

    /// <summary>Verdict of the client on a connection's end, a moment later: the call that met the end seldom knows why.</summary>
    private static async Task<bool> WasTakenOverAsync(IMqttClient client, Exception e, Task<MqttClientDisconnectedEventArgs> ended)
    {
        if (TakenOverException.Is(e))
            return true;
        if (client.IsConnected || await Task.WhenAny(ended, Task.Delay(Farewell)) != ended)
            return false;
        return TakenOverException.Is(await ended);
    }

    private static int LargestMessage(MqttClientConnectResult connected) =>
        (int)Math.Min(Batch.MaxBytes, (connected.MaximumPacketSize is > 0 and var most ? most : uint.MaxValue) - PacketOverhead);

    /// <summary>Takes a message; answers true where it says that something is stored.</summary>
    private async Task<bool> ReceiveAsync(
        MqttApplicationMessage message, ChannelWriter<StoredAnswer> answers, CloudParties parties, CancellationToken cancellation)
    {
        if (parties.TryTake(message))
            return false;

        try
        {
            var answer = StoredAnswer.Parse(message.Payload.ToArray());
            await answers.WriteAsync(answer, cancellation);
            return answer.Stored.Count > 0;
        }
        catch (BatchFormatException bad)
        {
            log.BadAnswer(bad.Message);
        }
        catch (OperationCanceledException)
        {
            // The connection ends; what it would have freed is answered again.
        }

        return false;
    }
}
