using IotGateway.Benchmarks;
using IotGateway.Benchmarks.Cloud;
using IotGateway.Benchmarks.Edge;
using IotGateway.Benchmarks.Fire;
using IotGateway.Benchmarks.Hives;
using IotGateway.Benchmarks.Measures;
using IotGateway.Benchmarks.Mqtt;
using IotGateway.Benchmarks.Native;
using IotGateway.Benchmarks.Smoke;

var suites = new Dictionary<string, Func<bool, Task<IReadOnlyList<Ratio>>>>(StringComparer.Ordinal)
{
    ["smoke"] = quick => Task.FromResult(SmokeSuite.Run(quick)),
    ["edge"] = async quick => EdgeBacklog.IsChild ? EdgeBacklog.RunChild() : [.. EdgeSuite.Run(quick), .. await MqttSuite.RunAsync(quick)],
    ["buffer"] = quick => Task.FromResult(EdgeSuite.Run(quick)),
    ["mqtt"] = quick => BrokerProcess.IsChild ? BrokerProcess.RunChildAsync() : MqttSuite.RunAsync(quick),
    ["cloud"] = async quick => CloudParquet.IsChild ? CloudParquet.RunChild() : await CloudSuite.RunAsync(quick),
    ["fire"] = quick => Task.FromResult(FireSuite.Run(quick)),
    ["hives"] = quick => Task.FromResult(HivesSuite.Run(quick)),
    ["native"] = NativeSuite.RunAsync,
    ["cloud-ingest"] = CloudSuite.IngestAsync,
    ["cloud-join"] = quick => Task.FromResult(CloudJoin.Run(quick)),
};

var quick = args.Contains("--quick");
var name = args.FirstOrDefault(a => !a.StartsWith('-'));
if (name is null || !suites.TryGetValue(name, out var suite))
{
    Console.Error.WriteLine($"usage: dotnet run -c Release --project tests/Benchmarks -- <{string.Join('|', suites.Keys)}> [--quick]");
    return 2;
}

Console.WriteLine(
    $"{name}: {Environment.ProcessorCount} cores, {System.Runtime.InteropServices.RuntimeInformation.OSDescription}, .NET "
        + $"{Environment.Version}{(quick ? ", quick" : "")}");
return Table.Print(await suite(quick), Console.Out) ? 0 : 1;
