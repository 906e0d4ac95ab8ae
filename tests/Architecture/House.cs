using IotGateway.Architecture.Tests.Rules;

namespace IotGateway.Architecture.Tests;

/// <summary>Rules of the house, and the exceptions from them.</summary>
internal static class House
{
    public static readonly Rule[] Rules =
    [
        new("lines", $"lines have at most {LongLines.Most} characters", LongLines.Find),
        new("functions", $"functions have at most {LongFunctions.Most} lines", LongFunctions.Find),
        new("folders", $"folders hold at most {FullFolders.Most} source files", FullFolders.Find),
        new("namespaces", "a namespace is the project's name and the folders below it", StrayNamespaces.Find),
        new("type names", "a name belongs to one type of a program", RepeatedTypeNames.Find),
        new("summaries", "a summary begins with noun and job, not with a question word", AskingSummaries.Find),
        new("test classes", "a class with tests ends in Tests", TestClassNames.Find),
        new("suffixes", "what returns a task or an asynchronous stream ends in Async", MissingSuffixes.Find),
        new("casts", "what is known by an interface is not cast to the class behind it", InterfaceCasts.Find),
        new("unused", "what the product holds, the product uses", UnusedCode.Find),
        new("circles", "namespaces use each other in one direction", NamespaceCircles.Find),
    ];

    /// <summary>Whoever adds a line here says why; one that nothing needs makes its rule red. A star is any beginning or end.</summary>
    public static readonly Allowed[] Exceptions =
    [
        new("type names", "*: Log", "each room has one class of log messages, called so in every room"),
        new("unused", "IotGateway.Edge.Clock.KernelClock/Timex.*", "a kernel's struct: its fields are a layout, used or not"),
        new("unused", "IotGateway.Telemetry.DeviceId.op_*", "a type with an order has all its operators (CA1036)"),
        new("unused", "IotGateway.Telemetry.Batch.JsonSchema", "the wire format for other senders; golden files are held against it"),
        new("unused", "*.AsOfJoin", "the researchers' join over columns, before the exports that offer it"),
        new("unused", "*.JoinSql", "the researchers' join as SQL, before the exports that offer it"),
        new("unused", "*.CuratedReader", "the lake's reader, before the exports that read it"),
        new("unused", "*.CuratedFileReader.Rows", "the lake's reader, before the exports that read it"),
        .. Science("a formula with its citation, before the room that shows it",
            "AirQualityIndex", "HeatIndex", "Smoke", "EscapeRoute", "SuppressionRanking", "FbpSystem.PredictMany", "FireSpread.Burn"),
        .. Science("part of a result or an error for whoever asks for it",
            "ArrivalMap.Frame", "ArrivalMap.Minutes", "ArrivalMap.AreaHectares", "SuppressionMeans.Usual",
            "FireInputException.Value", "FireInputException.Range"),
    ];

    private static IEnumerable<Allowed> Science(string reason, params string[] names) =>
        names.Select(n => new Allowed("unused", $"*.{n}", reason));
}
