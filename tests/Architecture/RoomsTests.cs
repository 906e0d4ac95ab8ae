using System.Reflection;

namespace IotGateway.Architecture.Tests;

/// <summary>The arrows of ARCHITECTURE.md, checked on the compiled assemblies: a room uses those named beside it and no other.</summary>
public class RoomsTests
{
    /// <summary>Rooms of the edge. The root (program, composition) may use all.</summary>
    private static readonly Dictionary<string, string[]> Edge = new()
    {
        ["Settings"] = [],
        ["Clock"] = ["Settings"],
        ["Identity"] = ["Settings"],
        ["Sources"] = ["Settings"],
        ["Decode"] = ["Settings"],
        ["Buffer"] = ["Settings"],
        ["Validate"] = ["Sources", "Decode", "Settings"],
        ["Pipeline"] = ["Sources", "Decode", "Validate", "Clock", "Buffer", "Settings"],
        ["Forwarding"] = ["Buffer", "Clock", "Identity", "Settings"],
        ["Fleet"] = ["Identity", "Forwarding", "Settings"],
        ["Objects"] = ["Buffer", "Settings"],
        ["Status"] = ["Sources", "Validate", "Buffer", "Clock", "Identity", "Forwarding", "Fleet", "Objects", "Settings"],
        ["Watchdog"] = ["Buffer", "Pipeline"],
    };

    /// <summary>Rooms of the cloud. Data (folder, durable files, options) lies below all others.</summary>
    private static readonly Dictionary<string, string[]> Cloud = new()
    {
        ["Data"] = [],
        ["Sites"] = ["Data"],
        ["Objects"] = ["Data"],
        ["Erasure"] = ["Objects", "Data"],
        ["Enrolment"] = ["Data"],
        ["Observations"] = ["Sites", "Erasure", "Data"],
        ["Web"] = ["Sites", "Observations", "Data"],
        ["Weather"] = ["Sites", "Observations", "Web", "Data"],
        ["Join"] = ["Weather"],
        ["Lake"] = ["Sites", "Observations", "Objects", "Erasure", "Data"],
        ["Ingest"] = ["Sites", "Observations", "Lake", "Objects", "Erasure", "Enrolment", "Web", "Data"],
        ["Fleet"] = ["Ingest", "Enrolment", "Web", "Data"],
        ["Forecasts"] = ["Sites", "Observations", "Erasure", "Web", "Data"],
        ["Hives"] = ["Forecasts", "Sites", "Observations", "Weather", "Web", "Data"],
        ["Operations"] = ["Sites", "Observations", "Lake", "Ingest", "Fleet", "Forecasts", "Hives", "Web", "Data"],
    };

    [Fact]
    public void TheEdgesRoomsReachOnlyTheirNeighbours() => CheckRooms(Assembly.Load("IotGateway.Edge"), "IotGateway.Edge", Edge);

    [Fact]
    public void TheCloudsRoomsReachOnlyTheirNeighbours() => CheckRooms(Assembly.Load("IotGateway.Cloud"), "IotGateway.Cloud", Cloud);

    private static void CheckRooms(Assembly assembly, string root, Dictionary<string, string[]> rooms)
    {
        var wrong = new SortedSet<string>(StringComparer.Ordinal);
        foreach (var type in assembly.GetTypes())
        {
            var from = Room(type, root);
            if (from is null)
                continue;
            if (!rooms.TryGetValue(from, out var allowed))
            {
                wrong.Add($"{from} is a room that this test does not know");
                continue;
            }

            foreach (var used in References.Of(type).Where(u => u.Assembly == assembly))
            {
                if (Room(used, root) is { } to && to != from && !allowed.Contains(to))
                    wrong.Add($"{from} uses {to}: {type.FullName} → {used.FullName}");
            }
        }

        Assert.True(wrong.Count == 0, string.Join('\n', wrong));
    }

    private static string? Room(Type type, string root) =>
        type.Namespace is { } name && name.StartsWith(root + ".", StringComparison.Ordinal)
            ? name[(root.Length + 1)..].Split('.')[0]
            : null;
}
