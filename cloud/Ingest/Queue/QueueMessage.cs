using System.Text.Json;
using System.Text.Json.Serialization;
using IotGateway.Telemetry;
using IotGateway.Telemetry.Wire;

namespace IotGateway.Cloud.Ingest.Queue;

/// <summary>
/// Message that the IoT rule puts into the queue, a JSON object. The rule is
/// <c>SELECT encode(*, 'base64') AS payload, topic() AS topic, clientid() AS client FROM 'dt/+/batch'</c>: a batch is often gzip, which is
/// no JSON, and the sender's identity, which the broker has checked by its certificate, is in topic and client id. A bare batch is refused:
/// it would name its sender itself.
/// </summary>
/// <param name="Payload">The message as the gateway sent it, base64.</param>
/// <param name="Topic">Where it was published: <c>dt/GATEWAY/batch</c>.</param>
/// <param name="Client">The sender's MQTT client id.</param>
internal sealed record QueueMessage(
    [property: JsonPropertyName("payload")] string? Payload, [property: JsonPropertyName("topic")] string? Topic,
    [property: JsonPropertyName("client")] string? Client)
{
    /// <summary>Reads a message's body as far as the sender and the bytes.</summary>
    /// <exception cref="BatchFormatException">It is not what the rule makes, or its sender is not the topic's.</exception>
    public static (string Gateway, byte[] Bytes) Read(string body)
    {
        QueueMessage? message;
        try
        {
            message = JsonSerializer.Deserialize(body, QueueJson.Default.QueueMessage);
        }
        catch (JsonException e)
        {
            throw new BatchFormatException("not_wrapped", $"A queue's message is not the JSON object that the rule makes: {e.Message}", e);
        }

        if (message is not { Payload: { } payload, Topic: { } topic, Client: { } client })
            throw new BatchFormatException(
                "not_wrapped",
                "A queue's message lacks one of payload, topic, client; expected what the rule SELECT encode(*, 'base64') AS payload, "
                    + "topic() AS topic, clientid() AS client makes.");
        if (!GatewayId.IsValid(client) || topic != Topics.Batch(client))
            throw new BatchFormatException(
                "foreign_topic", $"Client '{Shown(client)}' published to '{Shown(topic)}'; expected a gateway's own dt/GATEWAY/batch.");

        var bytes = new byte[(payload.Length / 4 * 3) + 3];
        if (!Convert.TryFromBase64String(payload, bytes, out var length))
            throw new BatchFormatException("not_base64", "A queue's message has a payload that is no base64.");
        return (client, bytes[..length]);
    }

    private static string Shown(string text) => text.Length > 80 ? string.Concat(text.AsSpan(0, 80), "…") : text;
}

[JsonSerializable(typeof(QueueMessage))]
internal sealed partial class QueueJson : JsonSerializerContext;
