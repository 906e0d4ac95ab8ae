using System.Diagnostics;
using System.Globalization;
using System.Security.Cryptography.X509Certificates;
using IotGateway.Cloud.Ingest;
using IotGateway.Tests.Services;
using MQTTnet;
using MQTTnet.Protocol;

namespace IotGateway.Benchmarks;

/// <summary>Publishing to the cloud's broker, acknowledged after durable; to the same without a store; to mosquitto persisting on every change.</summary>
internal static class MqttIngest
{
    public static async Task Run(string folder, bool quick, List<Ratio> ratios)
    {
        await using var durable = await CloudHost.Start(Path.Combine(folder, "durable"), store: true);
        await using var bare = await CloudHost.Start(Path.Combine(folder, "bare"), store: false);
        foreach (var (clients, inFlight) in new[] { (1, 1000), (50, 20) })
        {
            var ours = await Connect(durable, folder, clients, inFlight);
            var peer = await Connect(bare, folder, clients, inFlight);
            var messages = quick ? 10_000 : 40_000;
            var rounds = quick ? 5 : 15;
            var (rates, peers, projected, paired) = (new List<double>(), new List<double>(), new List<double>(), new List<double>());
            var (used, usedBare) = (TimeSpan.Zero, TimeSpan.Zero);

            // What runs once a segment must have run often enough for the compiler, too.
            for (var round = -10; round < rounds; round++)
            {
                var start = Stopwatch.GetTimestamp();
                var processor = Environment.CpuUsage.TotalTime;
                var rate = await MqttPublisher.PerSecond(ours, messages);
                await durable.Get<Projection>().CatchUp();
                var all = messages / Stopwatch.GetElapsedTime(start).TotalSeconds;
                var between = Environment.CpuUsage.TotalTime;
                var without = await MqttPublisher.PerSecond(peer, messages);
                if (round < 0)
                    continue;
                rates.Add(rate);
                peers.Add(without);
                projected.Add(all);
                paired.Add(rate / without);
                used += between - processor;
                usedBare += Environment.CpuUsage.TotalTime - between;
            }

            var n = (double)messages * rounds;
            Say($"{clients} × {inFlight} in flight: {used.TotalMicroseconds / n:0} µs of processor a message, client and hot store included; {usedBare.TotalMicroseconds / n:0} without a store; with the hot store's part awaited {Rounds.Median(projected):N0}/s; {Environment.WorkingSet / 1_000_000} MB");
            paired.Sort();
            Say($"  each round against the one beside it: {paired[rounds / 4]:0.00}, {paired[rounds / 2]:0.00}, {paired[rounds * 3 / 4]:0.00} (quartiles of {rounds} ratios)");
            ratios.Add(new($"ingest, {clients} × {inFlight} in flight, acknowledged after durable", Rounds.Median(rates), "same server without a store", Rounds.Median(peers), "messages/s", 0.9));
            if (clients == 1)
                ratios.Add(new("ingest, 1 × 1000 in flight, acknowledged after durable", Rounds.Median(rates), "mosquitto, autosave on every change", await Mosquitto(folder, quick), "messages/s", 5));
            foreach (var client in ours.Concat(peer))
                await client.DisposeAsync();
        }
    }

    private static async Task<List<MqttPublisher>> Connect(CloudHost cloud, string folder, int clients, int inFlight)
    {
        var connected = new List<MqttPublisher>();
        for (var i = 0; i < clients; i++)
        {
            var name = $"gw{clients}-{i}";
            var (certificate, authority) = cloud.Enrol(name, Path.Combine(folder, $"out-{cloud.Port}-{name}"));
            connected.Add(await MqttPublisher.Connect(cloud.Port, name, inFlight, certificate, authority));
        }

        return connected;
    }

    /// <summary>For a subscriber that is away, so that there is something to keep.</summary>
    private static async Task<double> Mosquitto(string folder, bool quick)
    {
        using var authority = new TestAuthority(Path.Combine(folder, "pki"));
        var root = X509CertificateLoader.LoadCertificateFromFile(authority.In("ca.pem"));
        await using var broker = Tests.Services.Mosquitto.MutualTls(folder, authority, "max_queued_messages 0\nautosave_interval 1\nautosave_on_changes true");
        await broker.StartAsync();
        using (var away = new MqttClientFactory().CreateMqttClient())
        {
            await away.ConnectAsync(new MqttClientOptionsBuilder().WithTcpServer("127.0.0.1", broker.Port).WithClientId("cloud").WithCleanStart(false).WithSessionExpiryInterval(3600)
                .WithTlsOptions(tls => tls.UseTls().WithTrustChain([root]).WithRevocationMode(X509RevocationMode.NoCheck).WithClientCertificates([authority.IssueClient("cloud")])).Build());
            await away.SubscribeAsync("dt/#", MqttQualityOfServiceLevel.AtLeastOnce);
            await away.DisconnectAsync();
        }

        await using var publisher = await MqttPublisher.Connect(broker.Port, "gw1", 1000, authority.IssueClient("gw1"), root);
        return await MqttPublisher.PerSecond([publisher], quick ? 1_000 : 2_000);
    }

    private static void Say(FormattableString line) => Console.WriteLine(line.ToString(CultureInfo.InvariantCulture));
}
