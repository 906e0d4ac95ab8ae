using IotGateway.FirmwareSim.Broker;
using MQTTnet.Packets;
using MQTTnet.Protocol;
using Xunit;

namespace IotGateway.FirmwareSim.Tests.Broker;

public sealed class SubscriberQueuesTests
{
    private const string Topic = "application/a/device/d/event/up";

    private readonly SubscriberQueues _queues = new("application/", TimeProvider.System);

    [Fact]
    public void WithoutASubscriberThereIsNoRoom() => Assert.False(HasRoom());

    [Fact]
    public void ASubscriberElsewhereDoesNotCount()
    {
        Subscribe("g", filter: "gateway/+/event/up");

        Assert.False(HasRoom());
    }

    [Theory]
    [InlineData("application/+/device/+/event/+")]
    [InlineData("#")]
    [InlineData("+/+/device/#")]
    public void ASubscriberMakesRoom(string filter)
    {
        Subscribe("g", filter: filter);

        Assert.True(HasRoom());
    }

    [Fact]
    public async Task AFullSessionHoldsThePublisherUntilItAcknowledges()
    {
        Subscribe("g");
        Queue("g", SubscriberQueues.MostOwed - 1);
        Assert.True(HasRoom());
        Queue("g", 1);

        var room = _queues.WaitForRoomAsync(CancellationToken.None).AsTask();
        Assert.False(room.IsCompleted);
        Assert.Contains("'g' has 1000 messages", _queues.Obstacle, StringComparison.Ordinal);
        _queues.Acknowledged("g");
        await room.WaitAsync(TimeSpan.FromSeconds(10));
    }

    [Fact]
    public void TheSlowestSessionCounts()
    {
        Subscribe("fast");
        Subscribe("slow");
        Queue("slow", SubscriberQueues.MostOwed);

        Assert.False(HasRoom());
    }

    [Fact]
    public void AClientsReceiveMaximumIsKept()
    {
        Subscribe("g", receiveMaximum: 20);
        Queue("g", 20);

        Assert.False(HasRoom());
    }

    [Fact]
    public void WhatIsOwedOutlivesTheConnection()
    {
        Subscribe("g");
        Queue("g", SubscriberQueues.MostOwed);
        _queues.Connecting("g", cleanStart: false, 0);

        Assert.False(HasRoom());
    }

    [Fact]
    public void ACleanStartOwesNothingAndHasNoSubscription()
    {
        Subscribe("g");
        Queue("g", SubscriberQueues.MostOwed);
        _queues.Connecting("g", cleanStart: true, 0);
        Assert.False(HasRoom());
        _queues.Subscribed("g", Filter("#", MqttQualityOfServiceLevel.AtLeastOnce));

        Assert.True(HasRoom());
    }

    [Fact]
    public void ADeletedSessionHoldsNobodyUp()
    {
        Subscribe("g");
        Subscribe("gone");
        Queue("gone", SubscriberQueues.MostOwed);
        _queues.Deleted("gone");

        Assert.True(HasRoom());
    }

    [Fact]
    public void AtQosZeroWhatIsWrittenIsNoLongerOwed()
    {
        Subscribe("g", qos: MqttQualityOfServiceLevel.AtMostOnce);
        Queue("g", SubscriberQueues.MostOwed);
        Assert.False(HasRoom());
        _queues.Written("g");

        Assert.True(HasRoom());
    }

    private bool HasRoom() => _queues.Obstacle is null;

    private void Subscribe(
        string clientId, string filter = "application/#", MqttQualityOfServiceLevel qos = MqttQualityOfServiceLevel.AtLeastOnce,
        ushort receiveMaximum = 0)
    {
        _queues.Connecting(clientId, cleanStart: true, receiveMaximum);
        _queues.Subscribed(clientId, Filter(filter, qos));
    }

    private void Queue(string clientId, int count)
    {
        for (var i = 0; i < count; i++)
            _queues.Queued(clientId, Topic);
    }

    private static MqttTopicFilter Filter(string topic, MqttQualityOfServiceLevel qos) => new()
    {
        Topic = topic,
        QualityOfServiceLevel = qos,
    };
}
