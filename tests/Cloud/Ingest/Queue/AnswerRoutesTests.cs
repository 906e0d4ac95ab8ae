using System.Buffers;
using System.Diagnostics;
using System.Security.Cryptography.X509Certificates;
using System.Text.Json;
using System.Threading.Channels;
using IotGateway.Aws;
using IotGateway.Cloud.Data.Aws;
using IotGateway.Cloud.Ingest.Answers;
using IotGateway.Telemetry.Wire;
using IotGateway.Tests.Services;
using MQTTnet;
using MQTTnet.Protocol;

namespace IotGateway.Cloud.Tests.Ingest.Queue;

/// <summary>IoT Core's data plane, signed, as botocore checks it and as boto3 asks; and a broker with mutual TLS.</summary>
public sealed class AnswerRoutesTests
{
    private static readonly AwsOptions Options = new() { Region = AwsServices.Region };
    private static readonly StoredAnswer Answer = new("s1", 7, [new SequenceRange(1, 7)], []);

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Fact]
    public async Task TheSignedPublicationIsTheOneThatBoto3Makes()
    {
        using var folder = new TempFolder();
        await using var gate = await AwsServices.GateAsync(folder.File("notes"));
        using var ours = new IotDataAnswers(gate.Url, Options, TimeProvider.System, AwsServices.Credentials);

        await ours.PublishAsync("gw-1_A", Answer, Stop);
        await Boto3Async(
            $"""
            import boto3
            boto3.client("iot-data", endpoint_url="{gate.Url}", region_name="{AwsServices.Region}", aws_access_key_id="{AwsServices.Key}",
                aws_secret_access_key="{AwsServices.Secret}").publish(topic="cmd/gw-1_A/stored", qos=1,
                payload=bytes.fromhex("{Convert.ToHexString(Answer.ToJson())}"))
            """);

        var notes = (await File.ReadAllLinesAsync(folder.File("notes"), Stop)).Select(l => JsonDocument.Parse(l).RootElement).ToArray();
        Assert.Equal(2, notes.Length);
        Assert.Equal("/topics/cmd%2Fgw-1_A%2Fstored?qos=1", notes[0].GetProperty("path").GetString());
        Assert.Equal(notes[1].ToString(), notes[0].ToString());
        Assert.Equal(Answer.ToJson(), notes[0].GetProperty("body").GetBytesFromBase64());
    }

    [Fact]
    public async Task WhateverAnAddressHoldsIsSignedAsBotocoreSignsIt()
    {
        using var folder = new TempFolder();
        await using var gate = await AwsServices.GateAsync(folder.File("notes"));
        using var http = new HttpClient(new SigningHandler("iotdata", Options.Region, AwsServices.Credentials, TimeProvider.System));
        string[] odd = ["a b", "ä/ü", "%2F", "+", "~", "*", "a=b&c", "'()!", "\u65e5", ":@$,;"];
        var sent = 0;
        foreach (var one in odd)
        {
            foreach (var other in odd)
            {
                var uri = new Uri(
                    $"{gate.Url}/x/{Uri.EscapeDataString(one)}?{Uri.EscapeDataString(other)}={Uri.EscapeDataString(one)}"
                    + $"&a={Uri.EscapeDataString(other)}&{Uri.EscapeDataString(other)}=1&flag");
                using var content = new StringContent(one + other);
                using var answer = await http.PostAsync(uri, content, Stop);
                Assert.True(answer.IsSuccessStatusCode, $"{uri}: {await answer.Content.ReadAsStringAsync(Stop)}");
                sent++;
            }
        }

        Assert.Equal(sent, (await File.ReadAllLinesAsync(folder.File("notes"), Stop)).Length);
    }

    [Fact]
    public async Task AWrongSecretIsToldAtOnce()
    {
        using var folder = new TempFolder();
        await using var gate = await AwsServices.GateAsync(folder.File("notes"));
        using var answers = new IotDataAnswers(gate.Url, Options, TimeProvider.System, AwsServices.WrongSecret);

        var failure = await Assert.ThrowsAsync<AwsException>(() => answers.PublishAsync("gw", Answer, Stop));

        Assert.Equal(AwsFaultKind.Refused, failure.Fault.Kind);
        Assert.Contains("publish to gw: InvalidSignatureException: the credentials are refused", failure.Message, StringComparison.Ordinal);
        Assert.DoesNotContain(AwsServices.Secret, failure.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task AnswersReachGatewaysAfterTheBrokerWasKilled()
    {
        using var folder = new TempFolder();
        using var authority = new TestAuthority(folder.File("pki"));
        using var worker = authority.IssueClient("worker-1");
        using var gateway = authority.IssueClient("gw");
        await using var broker = Mosquitto.MutualTls(folder.Path, authority, "", "worker-1");
        await broker.StartAsync();
        var heard = Channel.CreateUnbounded<StoredAnswer>();
        using var client = await ListenAsync(broker, authority, gateway, heard);
        using var answers = new MqttAnswers(new AnswerOptions
        {
            Host = "127.0.0.1",
            Port = broker.Port,
            CaFile = authority.In("ca.pem"),
            CertificateFile = authority.In("worker-1.pem"),
            KeyFile = authority.In("worker-1.key"),
        }.Checked());

        await answers.PublishAsync("gw", Answer, Stop);
        await answers.PublishAsync("nobody", Answer, Stop);
        Assert.Equal(7, (await heard.Reader.ReadAsync(Stop)).Contiguous);

        await broker.KillAsync();
        await Assert.ThrowsAsync<IOException>(() => answers.PublishAsync("gw", Answer, Stop));
        await broker.StartAsync();
        using var again = await ListenAsync(broker, authority, gateway, heard);
        await answers.PublishAsync("gw", Answer with { Contiguous = 8 }, Stop);
        Assert.Equal(8, (await heard.Reader.ReadAsync(Stop)).Contiguous);
    }

    [Fact]
    public async Task ABrokerThatForbidsItIsNamed()
    {
        using var folder = new TempFolder();
        using var authority = new TestAuthority(folder.File("pki"));
        using var worker = authority.IssueClient("stranger");
        await using var broker = Mosquitto.MutualTls(folder.Path, authority);
        await broker.StartAsync();
        using var answers = new MqttAnswers(new AnswerOptions
        {
            Port = broker.Port,
            CaFile = authority.In("ca.pem"),
            CertificateFile = authority.In("stranger.pem"),
            KeyFile = authority.In("stranger.key"),
        });

        var failure = await Assert.ThrowsAsync<IOException>(() => answers.PublishAsync("gw", Answer, Stop));

        Assert.Contains(
            "refused an answer: NotAuthorized; its rules must let this process publish cmd/#", failure.Message, StringComparison.Ordinal);
    }

    private static async Task<IMqttClient> ListenAsync(
        Mosquitto broker, TestAuthority authority, X509Certificate2 certificate, Channel<StoredAnswer> heard)
    {
        var client = new MqttClientFactory().CreateMqttClient();
        client.ApplicationMessageReceivedAsync += e =>
        {
            heard.Writer.TryWrite(StoredAnswer.Parse(e.ApplicationMessage.Payload.ToArray()));
            return Task.CompletedTask;
        };
        var authorities = new X509Certificate2Collection();
        authorities.ImportFromPemFile(authority.In("ca.pem"));
        await client.ConnectAsync(
            new MqttClientOptionsBuilder().WithTcpServer("127.0.0.1", broker.Port)
                .WithTlsOptions(tls => tls
                    .UseTls()
                    .WithTargetHost("127.0.0.1")
                    .WithTrustChain(authorities)
                    .WithRevocationMode(X509RevocationMode.NoCheck)
                    .WithClientCertificates(new X509Certificate2Collection(certificate))).Build(),
            Stop);
        await client.SubscribeAsync("cmd/gw/#", MqttQualityOfServiceLevel.AtLeastOnce, Stop);
        return client;
    }

    private static async Task Boto3Async(string script)
    {
        using var process =
            Process.Start(new ProcessStartInfo(AwsServices.Python, ["-c", script])
            {
                RedirectStandardError = true,
                UseShellExecute = false,
            })!;
        var said = await process.StandardError.ReadToEndAsync(Stop);
        await process.WaitForExitAsync(Stop);
        Assert.True(process.ExitCode == 0, said);
    }
}
