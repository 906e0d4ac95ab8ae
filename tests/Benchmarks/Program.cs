using IotGateway.Benchmarks;

var suites = new Dictionary<string, Func<bool, IReadOnlyList<Ratio>>>(StringComparer.Ordinal)
{
    ["smoke"] = SmokeSuite.Run,
    ["edge"] = EdgeSuite.Run,
    ["cloud"] = CloudParquet.Run,
    ["fire"] = FireSuite.Run,
};

var quick = args.Contains("--quick");
var name = args.FirstOrDefault(a => !a.StartsWith('-'));
if (name is null || !suites.TryGetValue(name, out var suite))
{
    Console.Error.WriteLine($"usage: dotnet run -c Release --project tests/Benchmarks -- <{string.Join('|', suites.Keys)}> [--quick]");
    return 2;
}

Console.WriteLine($"{name}: {Environment.ProcessorCount} cores, {System.Runtime.InteropServices.RuntimeInformation.OSDescription}, .NET {Environment.Version}{(quick ? ", quick" : "")}");
return Table.Print(suite(quick), Console.Out) ? 0 : 1;
