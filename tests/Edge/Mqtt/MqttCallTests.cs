using IotGateway.Edge.Mqtt;
using Microsoft.Extensions.Time.Testing;
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

        var e = await Assert.ThrowsAsync<MqttCommunicationException>(() => Within(_ => Task.FromResult(takenAway!.Length)));
        Assert.IsType<NullReferenceException>(e.InnerException);
        await Assert.ThrowsAsync<AggregateException>(() => Within(_ => Task.FromException<int>(new AggregateException())));

        Task<int> Within(Func<CancellationToken, Task<int>> call) => MqttCall.WithinAsync(
            ended, "PUBLISH", TimeSpan.FromMinutes(1), TimeProvider.System, call, TestContext.Current.CancellationToken);
    }

    [Fact]
    public async Task ACallThatNobodyAnswersEndsInItsOwnTime()
    {
        using var client = new MqttClientFactory().CreateMqttClient();
        var time = new FakeTimeProvider();
        var never = new TaskCompletionSource<int>();

        var call = MqttCall.WithinAsync(
            client, "SUBSCRIBE", TimeSpan.FromSeconds(15), time, _ => never.Task, TestContext.Current.CancellationToken);
        time.Advance(TimeSpan.FromSeconds(15));

        Assert.Equal("the broker did not answer a SUBSCRIBE within 15 s", (await Assert.ThrowsAsync<TimeoutException>(() => call)).Message);
    }
}
