using IotGateway.Learning.Data;
using IotGateway.Learning.Hives;
using IotGateway.Learning.Hives.Checklist;
using IotGateway.Learning.Hives.Frames;
using IotGateway.Learning.Hives.Mites;
using IotGateway.Learning.Hives.Nest;

namespace IotGateway.Learning;

/// <summary>Models of hives: the rows each learns from, and the table it is judged by.</summary>
internal static class HiveModels
{
    public const string Healthy = "hive-healthy";

    /// <summary>Those whose data the assembly carries.</summary>
    public static readonly HiveModel[] Carried = [Nest(), Mites(), Frames()];

    /// <summary>All that can be learnt here: the checklist's only where its data are, beside a checkout.</summary>
    public static IReadOnlyList<HiveModel> All(string start) =>
        ReferenceData.ReadChecklist(start) is { } table ? [.. Carried, Checklist(new(() => ChecklistRows.Of(table)))] : Carried;

    private static HiveModel Nest()
    {
        var nests = new Lazy<NestHours>(NestHours.Read);
        return new(
            "hive-nest", "Temperature and humidity in a hive, 1, 6 and 24 hours ahead",
            "the hours of seven hives in Montreal, June to October 2021 (UrBAN)", [DataFiles.NestReadings, DataFiles.Weather],
            () => NestModel.Learn(nests.Value, NestTarget.All), models => NestModel.Judge(nests.Value, models), HiveTexts.Nest);
    }

    private static HiveModel Mites()
    {
        var rows = new Lazy<MiteRows>(MiteRows.Read);
        return new(
            "hive-mites", "Mites at the next wash, mites a 100 bees",
            "177 new colonies of four yards in Alabama, spring 2022 (Auburn University)", [DataFiles.Splits],
            () => MiteModel.Learn(rows.Value), models => MiteModel.Judge(rows.Value, models), HiveTexts.Mites);
    }

    private static HiveModel Frames()
    {
        var rows = new Lazy<FrameRows>(() => FrameRows.Read(NestHours.Read()));
        return new(
            "hive-frames", "Frames of bees in a hive now",
            "visits to seven hives in Montreal with their sensors, June to October 2021 (UrBAN)",
            [DataFiles.NestReadings, DataFiles.Weather, DataFiles.Visits],
            () => FrameModel.Learn(rows.Value), models => FrameModel.Judge(rows.Value, models), HiveTexts.Frames);
    }

    private static HiveModel Checklist(Lazy<ChecklistRows> rows) => new(
        Healthy, "Healthy at the next visit, by the Healthy Colony Checklist",
        "inspections of 188 hives in North Carolina and Utah, 2016 to 2019, which may not be redistributed", [],
        () => ChecklistModel.Learn(rows.Value), models => ChecklistModel.Judge(rows.Value, models), HiveTexts.Checklist);
}
