using IotGateway.Architecture.Tests.Reading;
using IotGateway.Architecture.Tests.Rules;
using Mono.Cecil;

namespace IotGateway.Architecture.Tests;

/// <summary>Rooms of each assembly, with the namespaces of other rooms that each uses. A program's root composes.</summary>
internal static class RoomTable
{
    private static readonly Rooms Edge = new("IotGateway.Edge", ["Commands", "Composition"], new()
    {
        ["Problems"] = [],
        ["Settings"] = [],
        ["Buffer"] = ["Problems", "Settings", "Settings.SettingsRoom"],
        ["Clock"] = ["Problems", "Settings", "Settings.SettingsRoom"],
        ["Decode"] = [],
        ["Devices"] = ["Decode", "Settings"],
        ["Identity"] = ["Settings"],
        ["Mqtt"] = [],
        ["Packs"] = ["Clock"],
        ["Forwarding"] =
        [
            "Buffer", "Buffer.Batches", "Clock", "Identity", "Mqtt", "Packs", "Problems", "Settings", "Settings.SettingsRoom",
        ],
        ["Fleet"] = ["Clock", "Forwarding.Cloud", "Identity", "Problems", "Settings", "Settings.SettingsRoom"],
        ["Objects"] = ["Clock", "Problems", "Settings", "Settings.SettingsRoom"],
        ["Sources"] = ["Decode", "Decode.Dialects", "Mqtt", "Problems", "Settings", "Settings.SettingsRoom"],
        ["Validate"] = ["Clock", "Decode"],
        ["Pipeline"] =
        [
            "Buffer", "Clock", "Decode", "Decode.Profiles", "Devices", "Packs", "Settings", "Settings.SettingsRoom", "Sources.Contract",
            "Validate",
        ],
        ["Rules"] = ["Buffer", "Packs"],
        ["Status"] =
        [
            "Buffer", "Buffer.Batches", "Clock", "Devices", "Fleet", "Forwarding.Answers", "Forwarding.Lanes", "Objects", "Problems",
            "Settings", "Sources.Contract",
        ],
        ["Watchdog"] = ["Buffer", "Pipeline"],
    });

    private static readonly Rooms Cloud = new("IotGateway.Cloud", ["Commands", "Composition", "Role", "StoreCommands"], new()
    {
        ["Data"] = [],
        ["Enrolment"] = [],
        ["Objects"] = ["Data", "Data.Aws"],
        ["Erasure"] = ["Objects"],
        ["Sites"] = [],
        ["Lake"] = ["Data", "Erasure", "Objects", "Sites"],
        ["Observations"] = ["Data", "Data.Aws", "Erasure", "Sites"],
        ["Web"] = ["Data", "Observations", "Sites"],
        ["Ingest"] =
        [
            "Data", "Data.Aws", "Enrolment", "Erasure", "Lake.Raw", "Lake.Scrub", "Objects", "Observations", "Observations.Lite", "Web",
        ],
        ["Fleet"] = ["Data", "Enrolment", "Ingest.Broker", "Ingest.Status", "Web"],
        ["Forecasts"] = ["Data", "Data.Aws", "Erasure", "Observations", "Observations.Dynamo", "Sites", "Web", "Web.Layout"],
        ["Weather"] = ["Data", "Observations", "Sites", "Web"],
        ["Hives"] =
        [
            "Data", "Erasure", "Forecasts", "Forecasts.Documents", "Forecasts.Kinds.NestTemperature", "Forecasts.Pages",
            "Forecasts.Runs", "Observations", "Observations.Dynamo", "Sites",
            "Weather.Hours", "Weather.Live", "Weather.Providers", "Web", "Web.Charts", "Web.Layout",
        ],
        ["Disease"] = ["Hives.Visits", "Sites", "Web", "Web.Layout"],
        ["Join"] = [],
        ["Regions"] = ["Forecasts", "Forecasts.Record", "Sites", "Web", "Web.Layout"],
        ["Operations"] =
        [
            "Enrolment", "Fleet", "Forecasts.Runs", "Ingest.Status", "Lake.Curated", "Lake.Curated.Partitions", "Lake.Raw",
            "Observations", "Sites",
            "Web", "Web.Layout",
        ],
    });

    private static readonly Rooms FirmwareSim = new(
        "IotGateway.FirmwareSim", ["FieldSources", "NetworkServerKinds", "SimCommand", "Simulator"], new()
        {
            ["Nodes"] = [],
            ["NetworkServers"] = ["Nodes"],
            ["Broker"] = ["NetworkServers"],
            ["Colonies"] = ["Nodes", "Recorded"],
            ["Script"] = ["NetworkServers", "Nodes"],
            ["Options"] = ["NetworkServers", "Script"],
            ["Recorded"] = ["Nodes"],
            ["Replay"] = ["Broker", "NetworkServers", "Script"],
            ["Synthetic"] = ["Nodes", "Recorded"],
        });

    private static readonly Rooms Analyst = new(
        "IotGateway.Analyst",
        [
            "ColoniesCommand", "ColonyCommand", "CommandNumbers", "FbpCommand", "FwiCommand", "Refusals", "SpreadCommand", "VectorsCommand",
        ],
        new()
        {
            ["Colonies"] = [],
            ["Grids"] = [],
            ["Inputs"] = [],
            ["Spread"] = ["Grids", "Inputs"],
            ["Vectors"] = [],
        });

    private static readonly Rooms Aws = new("IotGateway.Aws", Composition: null, new()
    {
        [""] = [],
    });

    private static readonly Rooms Hosting = new("IotGateway.Hosting", Composition: null, new()
    {
        [""] = [],
        ["Configuration"] = [],
    });

    private static readonly Rooms Learning = new("IotGateway.Learning", ["HiveModels", "LearningCommands", "PanelModels"], new()
    {
        ["Data"] = [],
        ["Linear"] = [],
        ["Panel"] = ["Data"],
        ["Mixed"] = ["Panel"],
        ["Evaluation"] = ["Linear", "Mixed", "Panel"],
        ["Artifacts"] = ["Linear", "Mixed"],
        ["Cards"] = ["Artifacts", "Data", "Evaluation", "Mixed", "Panel"],
        ["Hives"] = ["Artifacts", "Cards", "Data", "Evaluation", "Linear"],
        ["Outlooks"] = ["Artifacts", "Cards", "Evaluation", "Mixed", "Panel"],
    });

    private static readonly Rooms Science = new("IotGateway.Science", Composition: null, new()
    {
        [""] = [],
        ["Disease"] = ["", "Earth"],
        ["Earth"] = [""],
        ["Fire"] = ["", "Earth"],
        ["Hive"] = [""],
        ["Scores"] = [""],
    });

    private static readonly Rooms Storage = new("IotGateway.Storage", Composition: null, new()
    {
        ["Files"] = [],
        ["Disks"] = ["Files"],
        ["Documents"] = ["Files"],
        ["WriteAhead"] = ["Disks", "Files"],
        ["Pages"] = ["Disks", "Files", "WriteAhead"],
    });

    private static readonly Rooms Tables = new("IotGateway.Tables", Composition: null, new()
    {
        [""] = [],
    });

    private static readonly Rooms Telemetry = new("IotGateway.Telemetry", Composition: null, new()
    {
        [""] = [],
        ["Fleet"] = [],
        ["Wire"] = [""],
    });

    private static readonly Rooms[] All = [Edge, Cloud, FirmwareSim, Analyst, Aws, Hosting, Learning, Science, Storage, Tables, Telemetry];

    /// <summary>Differences between an assembly and its part of the table.</summary>
    public static IEnumerable<Violation> Broken(ModuleDefinition module) =>
        All.FirstOrDefault(r => r.Assembly == module.Assembly.Name.Name) is { } rooms
            ? ForbiddenArrows.Find(module, rooms)
            : [new(module.Name, module.Name, "an assembly that the table of rooms does not have")];
}
