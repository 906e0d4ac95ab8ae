using IotGateway.Cloud.Ingest.Commit;
using MQTTnet.Protocol;

namespace IotGateway.Cloud.Ingest.Broker;

/// <summary>Translation of a message's outcome into MQTT's acknowledgement.</summary>
internal static class AckCodes
{
    /// <summary>The code with which the PUBACK leaves.</summary>
    /// <exception cref="OperationCanceledException">The message is to be sent again: no acknowledgement may leave, and its connection
    /// ends.</exception>
    public static MqttPubAckReasonCode Code(this Outcome outcome) => outcome.Kind switch
    {
        OutcomeKind.Accepted => MqttPubAckReasonCode.Success,
        OutcomeKind.Refused =>
            outcome.Reason == Outcome.ForbiddenTopic ? MqttPubAckReasonCode.NotAuthorized : MqttPubAckReasonCode.PayloadFormatInvalid,
        _ => throw new OperationCanceledException("It could not be stored."),
    };
}
