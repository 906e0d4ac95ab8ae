using IotGateway.Architecture.Tests.Rules;
using IotGateway.Architecture.Tests.Rules.Errors;

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
        new("disk errors", "what a disk answers is caught by its meaning, e.IsFromDisk()", DiskErrorsByType.Find),
        new("unused", "what the product holds, the product uses", UnusedCode.Find),
        new("circles", "namespaces use each other in one direction", NamespaceCircles.Find),
    ];

    /// <summary>Whoever adds a line here says why; one that nothing needs makes its rule red. A star is any beginning or end.</summary>
    public static readonly Allowed[] Exceptions =
    [
        new("lines", "*.razor", "a line of markup is one element: a break in it is white space on the page"),
        new("functions", "*OutboxTests.cs CheckAsync", "a model with its acts and its two helpers, read side by side"),
        new("summaries", "*Samples/BrokenRule.cs", "samples of summaries that break the rule"),
        new("disk errors", "cloud/Ingest/Broker/Tls*", "a connection's end, not a disk's answer"),
        new("disk errors", "cloud/Web/FinalAnswers.cs", "a connection's end, not a disk's answer"),
        new("disk errors", "cloud/Weather/Providers/WeatherLine.cs", "a connection's end, not a disk's answer"),
        new("disk errors", "edge/Sources/Mqtt/MqttSource.cs", "a connection's end, not a disk's answer"),
        new("disk errors", "cloud/Enrolment/PkiFolder.cs", "waits for another's lock alone; what else is refused goes up"),
        new("type names", "*: _Imports", "the framework's name for what the pages of a folder use"),
        new("type names", "*: Log", "each room has one class of log messages, called so in every room"),
        new("unused", "IotGateway.Edge.Clock.KernelClock/Timex.*", "a kernel's struct: its fields are a layout, used or not"),
        new("unused", "IotGateway.Telemetry.DeviceId.op_*", "a type with an order has all its operators (CA1036)"),
        new("unused", "*.Batch.JsonSchema", "the wire format for other senders; golden files are held against it"),
        new("unused", "*.AsOfJoin", "the researchers' join over columns, before the exports that offer it"),
        new("unused", "*.JoinSql", "the researchers' join as SQL, before the exports that offer it"),
        new("unused", "*.CuratedReader.ReadAsync", "the lake's reader, before the exports that read it"),
        new("unused", "*.CuratedFileReader.Rows", "the lake's reader, before the exports that read it"),
        new("unused", "*.AlarmWriter", "the alarm lane's door, before the rules that raise alarms"),
        new("unused", "*.ObjectOutbox.AddAsync", "the door for pictures taken by this process, before the camera"),
        new("unused", "*.ObjectLabel..ctor", "the door for pictures taken by this process, before the camera"),
        new("unused", "*Exception..ctor", "the framework's forms of an exception (CA1032)"),
        new("unused", "*.MetricFamily.All", "the contract's list of families, for whoever reads the lake"),
        new("unused", "*.BatchBuffer.FlushAsync", "a promise of the buffer that the loss tests are made of"),
        new("unused", "*.Intake.TakeAsync", "one turn of the loop, so that its tests wait for nothing"),
        new("unused", "*.HotStoreWriter.CatchUpAsync", "the end of what waits, so that tests wait for nothing"),
        new("unused", "*.AdaptiveLimit.Current", "the throttle's measure, before the page that shows it"),
        new("unused", "*.DynamoDatabase.Throttled", "the throttle's measure, before the page that shows it"),
        new("unused", "IotGateway.Cloud.Hives.Visits.TreatmentMeans.*", "names that people choose from, read and written as text alone"),
        new("unused", "IotGateway.Cloud.Hives.Visits.Food.*", "names that people choose from, read and written as text alone"),
        new("unused", "IotGateway.Cloud.Hives.Visits.LossCause.*", "names that people choose from, read and written as text alone"),
        new("unused", "*.WeatherSeries.Count", "what a series holds, for tests of what was known then"),
        new("unused", "*.WeatherSeries.Versions", "what a series holds, for tests of what was known then"),
        new("unused", "*.Comparison.File", "the name under which a comparison is printed by its tests"),
        new("unused", "*.LaneMath.Min", "the lanes' arithmetic, tested as a whole"),
        .. Science("a formula with its citation, before the room that shows it",
            "AirQualityIndex", "HeatIndex", "Smoke", "EscapeRoute", "SuppressionRanking", "FbpSystem.PredictMany", "FireSpread.Burn"),
        .. Science("part of a result or an error for whoever asks for it",
            "ArrivalMap.Frame", "ArrivalMap.Minutes", "ArrivalMap.AreaHectares", "SuppressionMeans.Usual"),
    ];

    private static IEnumerable<Allowed> Science(string reason, params string[] names) =>
        names.Select(n => new Allowed("unused", $"*.{n}", reason));
}
