using System.Diagnostics;
using System.Globalization;
using System.Security.Cryptography.X509Certificates;
using IotGateway.Benchmarks.Measures;
using MQTTnet;
using MQTTnet.Protocol;
using IotGateway.Tests.Services;

namespace IotGateway.Benchmarks.Mqtt;

/// <summary>
/// Publishing to the cloud's broker, acknowledged after durable; to the same without a store; to mosquitto persisting on every change.
/// </summary>
internal static class MqttIngest
{
    public static async Task RunAsync(string folder, bool quick, List<Ratio> ratios)
    {
        (int Clients, int InFlight)[] loads = [(1, 1000), (50, 20)];
        var gateways = loads.SelectMany(l => Names(l.Clients)).ToList();
        await using var durable = await BrokerProcess.StartAsync(Path.Combine(folder, "durable"), store: true, gateways);
        await using var bare = await BrokerProcess.StartAsync(Path.Combine(folder, "bare"), store: false, gateways);
        foreach (var (clients, inFlight) in loads)
        {
            var ours = await ConnectAsync(durable, clients, inFlight);
            var peer = await ConnectAsync(bare, clients, inFlight);
            var messages = quick ? 10_000 : 40_000;
            var rounds = quick ? 5 : 15;
            var (rates, peers, projected, paired) = (new List<double>(), new List<double>(), new List<double>(), new List<double>());
            var (used, usedBare) = (TimeSpan.Zero, TimeSpan.Zero);

            // What runs once a segment must have run often enough for the compiler, too.
            for (var round = -10; round < rounds; round++)
            {
                var start = Stopwatch.GetTimestamp();
                var rate = await MqttPublisher.PerSecondAsync(ours, messages);
                var serving = await durable.CatchUpAsync();
                var all = messages / Stopwatch.GetElapsedTime(start).TotalSeconds;
                var without = await MqttPublisher.PerSecondAsync(peer, messages);
                var servingBare = await bare.CatchUpAsync();
                if (round < 0)
                    continue;
                rates.Add(rate);
                peers.Add(without);
                projected.Add(all);
                paired.Add(rate / without);
                used += serving;
                usedBare += servingBare;
            }

            var n = (double)messages * rounds;
            Say($"{clients} × {inFlight} in flight: {used.TotalMicroseconds / n:0} µs of the server's processor time a message,");
            Say($"  hot store included; {usedBare.TotalMicroseconds / n:0} without a store");
            Say($"  with the hot store's part awaited {Rounds.Median(projected):N0}/s");
            Say($"  {durable.Megabytes:0} MB, {bare.Megabytes:0} without");
            paired.Sort();
            var (low, middle, high) = (paired[rounds / 4], paired[rounds / 2], paired[rounds * 3 / 4]);
            Say($"  each round against the one beside it: {low:0.00}, {middle:0.00}, {high:0.00} (quartiles of {rounds} ratios)");
            ratios.Add(new(
                $"ingest, {clients} × {inFlight} in flight, acknowledged after durable", Rounds.Median(rates),
                "same server without a store", Rounds.Median(peers), "messages/s", 0.9));
            if (clients == 1)
                ratios.Add(new(
                    "ingest, 1 × 1000 in flight, acknowledged after durable", Rounds.Median(rates), "mosquitto, autosave on every change",
                    await MosquittoAsync(folder, quick), "messages/s", 5));
            foreach (var client in ours.Concat(peer))
                await client.DisposeAsync();
        }
    }

    private static IEnumerable<string> Names(int clients) => Enumerable.Range(0, clients).Select(i => $"gw{clients}-{i}");

    private static async Task<List<MqttPublisher>> ConnectAsync(BrokerProcess broker, int clients, int inFlight)
    {
        var connected = new List<MqttPublisher>();
        foreach (var name in Names(clients))
        {
            var (certificate, authority) = broker.Identity(name);
            connected.Add(await MqttPublisher.ConnectAsync(broker.Port, name, inFlight, certificate, authority));
        }

        return connected;
    }

    /// <summary>For a subscriber that is away, so that there is something to keep.</summary>
    private static async Task<double?> MosquittoAsync(string folder, bool quick)
    {
        if (!Tests.Services.Mosquitto.IsInstalled)
            return null;

        using var authority = new TestAuthority(Path.Combine(folder, "pki"));
        var root = X509CertificateLoader.LoadCertificateFromFile(authority.In("ca.pem"));
        await using var broker = Tests.Services.Mosquitto.MutualTls(
            folder, authority, "max_queued_messages 0\nautosave_interval 1\nautosave_on_changes true");
        await broker.StartAsync();
        using (var away = new MqttClientFactory().CreateMqttClient())
        {
            await away.ConnectAsync(
                new MqttClientOptionsBuilder()
                    .WithTcpServer("127.0.0.1", broker.Port)
                    .WithClientId("cloud")
                    .WithCleanStart(false)
                    .WithSessionExpiryInterval(3600)
                    .WithTlsOptions(tls => tls
                        .UseTls()
                        .WithTrustChain([root])
                        .WithRevocationMode(X509RevocationMode.NoCheck)
                        .WithClientCertificates([authority.IssueClient("cloud")])).Build());
            await away.SubscribeAsync("dt/#", MqttQualityOfServiceLevel.AtLeastOnce);
            await away.DisconnectAsync();
        }

        await using var publisher = await MqttPublisher.ConnectAsync(broker.Port, "gw1", 1000, authority.IssueClient("gw1"), root);
        return await MqttPublisher.PerSecondAsync([publisher], quick ? 1_000 : 2_000);
    }

    private static void Say(FormattableString line) => Console.WriteLine(line.ToString(CultureInfo.InvariantCulture));
}
