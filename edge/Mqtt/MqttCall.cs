using MQTTnet;
using MQTTnet.Exceptions;

namespace IotGateway.Edge.Mqtt;

/// <summary>Calls of MQTTnet's client, each with a time of its own: its <c>WithTimeout</c> counts only where no token is passed.</summary>
internal static class MqttCall
{
    /// <summary>Calls, and gives up when the broker does not answer in time.</summary>
    /// <param name="client">The client, for the end of its connection.</param>
    /// <param name="what">The packet that waits for an answer, by its name in the standard.</param>
    /// <param name="patience">The time that the answer may take.</param>
    /// <param name="time">The clock of that time.</param>
    /// <param name="call">The call.</param>
    /// <param name="cancellation">Ends the wait.</param>
    /// <exception cref="TimeoutException">The broker did not answer.</exception>
    /// <exception cref="MqttCommunicationException">The connection ended.</exception>
    public static async Task<T> WithinAsync<T>(
        IMqttClient client, string what, TimeSpan patience, TimeProvider time, Func<CancellationToken, Task<T>> call,
        CancellationToken cancellation)
    {
        using var over = new CancellationTokenSource(patience, time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(cancellation, over.Token);
        try
        {
            // Waited for beside the client too, which does not look at its token everywhere.
            return await OnAsync(client, () => call(either.Token)).WaitAsync(either.Token);
        }
        catch (Exception e) when (over.IsCancellationRequested && !cancellation.IsCancellationRequested
            && e is OperationCanceledException or MqttCommunicationException)
        {
            throw new TimeoutException($"the broker did not answer a {what} within {patience.TotalSeconds:0} s", e);
        }
    }

    /// <summary>
    /// MQTTnet asks whether it is connected, then uses what the end of a connection has just taken away: a NullReferenceException, once in
    /// thousands of ends.
    /// </summary>
    /// <exception cref="MqttCommunicationException">The connection ended.</exception>
    private static async Task<T> OnAsync<T>(IMqttClient client, Func<Task<T>> call)
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
