using System.Globalization;
using IotGateway.Cloud.Sites;
using IotGateway.Cloud.Web;
using IotGateway.Hosting.Configuration;
using IotGateway.Storage.Files;
using IotGateway.Tables;

namespace IotGateway.Cloud.Hives.Visits.Recorded;

/// <summary>Visits of a recording, from a table: each is known from its end on, by the site's clock.</summary>
internal static class RecordedVisits
{
    /// <summary>Reads the files that the configuration names; none where it names none.</summary>
    /// <exception cref="FormatException">It is missing, or a row is no visit of a hive of ours; the message names file, row and
    /// column.</exception>
    public static IReadOnlyList<(Subject Hive, Visit Visit)> Read(VisitsOptions options, Apiary apiary) =>
        [.. options.Recorded.SelectMany((file, i) => Read(file, i, apiary))];

    private static IReadOnlyList<(Subject Hive, Visit Visit)> Read(string file, int index, Apiary apiary)
    {
        try
        {
            using var reader = new StreamReader(new FileStream(OrdinaryFile.Open(file), FileAccess.Read));
            var table = Table.Read(reader, file);
            table.Require(
                "hive", "begin", "end", "author", "boxes", "frames_of_bees", "frames_of_brood", "frames_of_honey", "queen", "note");
            return [.. table.Rows.Select(r => Read(r, apiary))];
        }
        catch (TableException e)
        {
            throw new FormatException(e.Message, e);
        }
        catch (Exception e) when (e.IsFromDisk())
        {
            throw new ConfigurationException($"Visits:Recorded:{index} is '{file}', which cannot be read: {e.Message}", e);
        }
    }

    private static (Subject Hive, Visit Visit) Read(TableRow row, Apiary apiary)
    {
        var hive = apiary.FindHive(row.Text("hive")) ?? throw row.Refused("hive", "the id of a hive under Apiary:Hives");
        var visit = new Visit(Time(row, "begin"), row.Text("author"))
        {
            End = row.Known("end") ? Time(row, "end") : null,
            Boxes = row.Known("boxes") ? row.Whole("boxes") : null,
            FramesOfBees = row.Maybe("frames_of_bees"),
            FramesOfBrood = row.Maybe("frames_of_brood"),
            FramesOfHoney = row.Maybe("frames_of_honey"),
            Queen = row.Text("queen") switch
            {
                "" => null,
                "right" => QueenFound.Right,
                "not-seen" => QueenFound.NotSeen,
                "missing" => QueenFound.Missing,
                _ => throw row.Refused("queen", "right, not-seen or missing"),
            },
            StoresKilograms = row.Has("stores_kg") ? row.Maybe("stores_kg") : null,
            Swarm = !row.Has("swarm") ? null : row.Text("swarm") switch
            {
                "" => null,
                "yes" => true,
                "no" => false,
                _ => throw row.Refused("swarm", "yes or no"),
            },
            MiteWash = row.Has("mites") && row.Known("mites") ? new MiteWash(row.Whole("mites"), row.Whole("bees_washed")) : null,
            Note = row.Text("note") is { Length: > 0 } note ? note : null,
        };
        var last = visit.Until > visit.Begin ? visit.Until : visit.Begin;
        return VisitChecks.Find(visit, last) is { } fault
            ? throw row.Refused(Column(fault.Field), fault.Expected)
            : (hive, visit);
    }

    private static DateTimeOffset Time(TableRow row, string column) =>
        Parameters.Time(row.Text(column), default) ?? throw row.Refused(column, Parameters.TimeExpected);

    private static string Column(string field) => field switch
    {
        "storesKilograms" => "stores_kg",
        "miteWash.mites" => "mites",
        "miteWash.bees" => "bees_washed",
        _ => Snake(field),
    };

    private static string Snake(string field) => string.Concat(
        field.Select(c => char.IsUpper(c) ? string.Create(CultureInfo.InvariantCulture, $"_{char.ToLowerInvariant(c)}") : c.ToString()));
}
