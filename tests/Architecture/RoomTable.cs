using IotGateway.Architecture.Tests.Reading;
using IotGateway.Architecture.Tests.Rules;
using Mono.Cecil;

namespace IotGateway.Architecture.Tests;

/// <summary>Rooms of each assembly, with the namespaces of other rooms that each uses. A program's root composes.</summary>
internal static class RoomTable
{
    private static readonly Rooms Edge = new("IotGateway.Edge", ["Commands"], new()
    {
        ["Sources"] = [],
        ["Decode"] = [],
        ["Buffer"] = [],
        ["Clock"] = [],
        ["Identity"] = [],
        ["Validate"] = ["Decode", "Sources"],
        ["Pipeline"] = ["Buffer", "Clock", "Decode", "Sources", "Validate"],
        ["Forwarding"] = ["Buffer", "Clock", "Identity"],
        ["Fleet"] = ["Forwarding", "Identity"],
        ["Objects"] = ["Buffer.Storage", "Forwarding"],
        ["Watchdog"] = ["Buffer"],
        ["Status"] = ["Buffer", "Clock", "Fleet", "Forwarding", "Objects", "Sources", "Validate"],
    });

    private static readonly Rooms Cloud = new("IotGateway.Cloud", ["Commands", "StoreCommands", "Composition", "Role"], new()
    {
        ["Data"] = [],
        ["Sites"] = ["Data"],
        ["Objects"] = ["Data", "Data.Aws"],
        ["Observations"] = ["Data", "Data.Aws", "Sites"],
        ["Weather"] = ["Data", "Sites"],
        ["Join"] = [],
        ["Lake"] = ["Data", "Data.Aws", "Objects", "Sites"],
        ["Ingest"] = ["Data", "Data.Aws", "Lake.Raw", "Objects", "Observations", "Observations.Lite"],
        ["Fleet"] = ["Data", "Ingest", "Ingest.Broker", "Ingest.Certificates"],
        ["Forecasts"] = ["Data", "Observations", "Observations.Dynamo", "Sites", "Weather"],
        ["Erasure"] = ["Data", "Forecasts", "Lake", "Lake.Curated", "Lake.Raw", "Objects", "Observations", "Observations.Dynamo"],
        ["Api"] =
        [
            "Data", "Forecasts", "Forecasts.Rule", "Ingest", "Ingest.Queue", "Lake", "Lake.Curated", "Observations", "Observations.Lite",
            "Sites", "Weather", "Weather.Days", "Weather.Live", "Weather.Providers",
        ],
        ["Web"] =
        [
            "Fleet", "Forecasts", "Forecasts.Rule", "Ingest", "Observations", "Sites", "Weather", "Weather.Live", "Weather.Providers",
        ],
    });

    private static readonly Rooms FirmwareSim = new("IotGateway.FirmwareSim", ["Simulator", "FieldSources"], new()
    {
        ["Nodes"] = [],
        ["ChirpStack"] = ["Nodes"],
        ["Recorded"] = ["Nodes"],
        ["Synthetic"] = ["Nodes", "Recorded"],
        ["Script"] = ["ChirpStack", "Nodes"],
        ["Broker"] = ["ChirpStack"],
        ["Replay"] = ["Broker", "ChirpStack", "Script"],
        ["Options"] = ["Script"],
    });

    private static readonly Rooms Analyst = new(
        "IotGateway.Analyst", ["FbpCommand", "FwiCommand", "Refusals", "SpreadCommand", "VectorsCommand"], new()
        {
            ["Tables"] = [],
            ["Grids"] = [],
            ["Spread"] = ["Grids", "Tables"],
            ["Vectors"] = ["Tables"],
        });

    private static readonly Rooms Science = new("IotGateway.Science", Composition: null, new() { ["Fire"] = [] });

    private static readonly Rooms Telemetry = new("IotGateway.Telemetry", Composition: null, new() { [""] = [] });

    private static readonly Rooms[] All = [Edge, Cloud, FirmwareSim, Analyst, Science, Telemetry];

    /// <summary>Differences between an assembly and its part of the table.</summary>
    public static IEnumerable<Violation> Broken(ModuleDefinition module) =>
        All.FirstOrDefault(r => r.Assembly == module.Assembly.Name.Name) is { } rooms
            ? ForbiddenArrows.Find(module, rooms)
            : [new(module.Name, module.Name, "an assembly that the table of rooms does not have")];
}
