using IotGateway.Edge.Mqtt;
using MQTTnet;
using MQTTnet.Exceptions;

namespace IotGateway.Edge.Tests.Mqtt;

public class MqttCallTests
{
    [Fact]
    public async Task AConnectionThatEndedUnderACallIsNamedSo()
    {
        using var ended = new MqttClientFactory().CreateMqttClient();
        string? takenAway = null;

        var e =
            await Assert.ThrowsAsync<MqttCommunicationException>(() => MqttCall.OnAsync(ended, () => Task.FromResult(takenAway!.Length)));
        Assert.IsType<NullReferenceException>(e.InnerException);
        await Assert.ThrowsAsync<TimeoutException>(() => MqttCall.OnAsync(ended, () => Task.FromException<int>(new TimeoutException())));
    }
}
