using MQTTnet;
using MQTTnet.Exceptions;

namespace IotGateway.Edge.Mqtt;

/// <summary>Calls of MQTTnet's client that may meet the end of their connection.</summary>
internal static class MqttCall
{
    /// <summary>
    /// MQTTnet asks whether it is connected, then uses what the end of a connection has just taken away: a NullReferenceException, once in
    /// thousands of ends.
    /// </summary>
    /// <exception cref="MqttCommunicationException">The connection ended.</exception>
    public static async Task<T> OnAsync<T>(IMqttClient client, Func<Task<T>> call)
    {
        try
        {
            return await call();
        }
        catch (NullReferenceException e) when (!client.IsConnected)
        {
            throw new MqttCommunicationException("the connection ended", e);
        }
    }
}
