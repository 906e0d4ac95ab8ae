using System.Threading.Channels;
using IotGateway.Edge.Buffer;
using IotGateway.Edge.Forwarding.Answers;
using IotGateway.Edge.Forwarding.Cloud;
using IotGateway.Edge.Forwarding.Lanes;
using IotGateway.Edge.Settings;
using IotGateway.Hosting;
using IotGateway.Telemetry.Wire;
using MQTTnet;
using MQTTnet.Exceptions;
using MQTTnet.Protocol;

namespace IotGateway.Edge.Forwarding;

/// <summary>Publish whose PUBACK has come.</summary>
internal sealed record Acknowledged(string Stream, SequenceRange Range);

/// <summary>Hands messages to the broker, no faster than the limits, and takes its PUBACKs.</summary>
internal sealed class BatchPublisher(
    ForwardingOptions options, GatewayOptions gateway, BatchBuffer buffer, ForwardingStatus status, RateLimit rate, TimeProvider time)
{
    /// <summary>Time after the broker's refusal in which the cloud's own, which gives the better reason, may still come.</summary>
    private static readonly TimeSpan Explanation = TimeSpan.FromSeconds(2);

    /// <summary>
    /// MQTT 5's reason code Packet too large, which brokers put into a PUBACK though the standard does not list it there.
    /// </summary>
    private const int PacketTooLarge = 0x95;

    /// <summary>Publishes a message; the inner task ends with the broker's PUBACK, and is null when that refuses.</summary>
    public async Task<Task<Acknowledged?>> PublishAsync(
        IMqttClient client, Parcel parcel, EncodedMessage message, int unanswered, ChannelWriter<StoredAnswer> answers,
        CancellationToken cancellation)
    {
        var wait = rate.Take(message.Bytes.Length);
        if (wait > TimeSpan.Zero)
            await Task.Delay(wait, time, cancellation);
        status.Sent(parcel.Lane, parcel.Readings, message.Bytes.Length, unanswered);
        var publish = CloudConnection.PublishAsync(
            client, CloudConnection.Message(options.BatchTopic(gateway.Name), message.Bytes, MqttQualityOfServiceLevel.AtLeastOnce),
            cancellation);
        buffer.NoteSent(parcel.Range.Last);
        return AwaitPubackAsync(publish, message.Stream, parcel.Range, answers, cancellation);
    }

    /// <summary>A refusal in the PUBACK counts like one of the cloud's, if the cloud's own does not come.</summary>
    private async Task<Acknowledged?> AwaitPubackAsync(
        Task<MqttClientPublishResult> publish, string stream, SequenceRange range, ChannelWriter<StoredAnswer> answers,
        CancellationToken cancellation)
    {
        var result = await publish;
        if (result.IsSuccess)
        {
            status.Taken();
            return new Acknowledged(stream, range);
        }

        var tooLarge = (int)result.ReasonCode == PacketTooLarge;
        if (!tooLarge
            && result.ReasonCode is not (MqttClientPublishReasonCode.PayloadFormatInvalid or MqttClientPublishReasonCode.TopicNameInvalid))
        {
            // No fault of this batch: all go to one topic, and burying them would empty the buffer over a policy's mistake.
            status.Denied($"{result.ReasonCode} {result.ReasonString}".TrimEnd());
            throw new MqttCommunicationException($"the broker refused a batch: {result.ReasonCode} {result.ReasonString}");
        }

        await Task.Delay(Explanation, time, cancellation);
        var reason = tooLarge ? AnswerHandler.TooLarge : $"the broker answered {result.ReasonCode} {result.ReasonString}".TrimEnd();
        await answers.WriteAsync(new StoredAnswer(stream, 0, [], [new Refusal(range.First, range.Last, reason)]), cancellation);
        return null;
    }
}
