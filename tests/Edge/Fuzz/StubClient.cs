using System.Reflection;
using MQTTnet;

namespace IotGateway.Edge.Tests.Fuzz;

/// <summary>An MQTT client whose publishes are all taken, and handed to the test.</summary>
#pragma warning disable CA1852 // What the framework makes of it derives from it.
internal class StubClient : DispatchProxy
#pragma warning restore CA1852
{
    private Action<MqttApplicationMessage> _published = _ => { };

    public static IMqttClient Make(Action<MqttApplicationMessage> published)
    {
        var client = Create<IMqttClient, StubClient>();
        ((StubClient)(object)client)._published = published;
        return client;
    }

    protected override object? Invoke(MethodInfo? targetMethod, object?[]? args)
    {
        switch (targetMethod!.Name)
        {
            case "get_IsConnected":
                return true;
            case nameof(IMqttClient.PublishAsync):
                _published((MqttApplicationMessage)args![0]!);
                return Task.FromResult(new MqttClientPublishResult(null, MqttClientPublishReasonCode.Success, "", []));
            default:
                throw new NotSupportedException(targetMethod.Name);
        }
    }
}
