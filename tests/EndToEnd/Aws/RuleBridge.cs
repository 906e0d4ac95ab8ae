using System.Buffers;
using System.Security.Cryptography.X509Certificates;
using System.Text.Json;
using Amazon.SQS;
using MQTTnet;
using MQTTnet.Formatter;
using MQTTnet.Protocol;
using IotGateway.Tests.Services;

namespace IotGateway.EndToEnd.Tests.Aws;

/// <summary>
/// Stands for the IoT rule: puts each gateway's batch into the queue with its topic and sender, and only then acknowledges it.
/// </summary>
internal sealed class RuleBridge(Mosquitto broker, TestAuthority authority, AmazonSQSClient sqs, string queue) : IAsyncDisposable
{
    private readonly X509Certificate2 _certificate = authority.IssueClient("cloud");
    private readonly IMqttClient _client = new MqttClientFactory().CreateMqttClient();
    private int _messages;

    public int Messages => Volatile.Read(ref _messages);

    public async Task ConnectAsync()
    {
        _client.ApplicationMessageReceivedAsync += HandOnAsync;
        await CloudClient.ConnectAsync(_client, broker, authority, _certificate);
    }

    public ValueTask DisposeAsync()
    {
        _client.Dispose();
        _certificate.Dispose();
        return ValueTask.CompletedTask;
    }

    private async Task HandOnAsync(MqttApplicationMessageReceivedEventArgs e)
    {
        var topic = e.ApplicationMessage.Topic;
        await sqs.SendMessageAsync(queue, JsonSerializer.Serialize(new
        {
            payload = Convert.ToBase64String(e.ApplicationMessage.Payload.ToArray()),
            topic,
            client = topic.Split('/')[1],
        }));
        Interlocked.Increment(ref _messages);
    }
}
