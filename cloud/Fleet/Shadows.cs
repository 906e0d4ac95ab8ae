using System.Collections.Concurrent;
using System.Text;
using System.Text.Json.Nodes;
using IotGateway.Storage.Documents;
using IotGateway.Storage.Files;
using IotGateway.Telemetry;
using IotGateway.Telemetry.Fleet;

namespace IotGateway.Cloud.Fleet;

/// <summary>A change of a shadow that was not made, with AWS IoT Core's own code for it.</summary>
internal sealed class ShadowRefusedException(int code, string message) : Exception(message)
{
    public int Code => code;
}

/// <summary>
/// The shadow named <c>config</c> of each gateway: one file each, whole or absent after a power cut, written before a change is answered.
/// A file that is damaged is set aside and ends nothing else: its gateway goes on with the settings it has until somebody sets them anew.
/// </summary>
internal sealed class Shadows(string folder, TimeProvider time, ILogger<Shadows> log)
{
    private const int MaxDepth = 8;

    /// <summary>More than any shadow with its metadata: a value of two characters has a time of twenty.</summary>
    private const int MaxFileBytes = 64 * FleetTopics.MaxShadowBytes;
    private const int Failed = StatusCodes.Status500InternalServerError;

    private readonly Lock _gate = new();
    private readonly ConcurrentDictionary<string, (ShadowDocument Shadow, string? Aside)> _known = new(StringComparer.Ordinal);

    /// <summary>A gateway's shadow; null when it has none.</summary>
    /// <exception cref="ShadowRefusedException">There is one that cannot be read.</exception>
    public ShadowDocument? Find(string gateway)
    {
        if (!GatewayId.IsValid(gateway))
            return null;
        var (shadow, aside) = Known(gateway);
        if (aside is not null)
            throw new ShadowRefusedException(
                Failed,
                $"Its desired settings were damaged and are set aside as {aside}; it keeps those it has until they are set again.");
        return shadow.Version > 0 ? shadow : null;
    }

    /// <summary>A gateway's shadow, or what keeps it from being read; both null when it has none.</summary>
    public (ShadowDocument? Shadow, string? Trouble) Look(string gateway)
    {
        try
        {
            return (Find(gateway), null);
        }
        catch (ShadowRefusedException e)
        {
            return (null, e.Message);
        }
    }

    /// <summary>Merges in what an operator desires, durably; in place of a file that was damaged a new one is begun.</summary>
    /// <exception cref="ShadowRefusedException">The state would be too large or too deep, or the disk refuses.</exception>
    public ShadowDocument Set(string gateway, JsonObject desired)
    {
        lock (_gate)
            return Keep(gateway, Known(gateway).Shadow, desired, null);
    }

    /// <summary>Merges a gateway's change in, durably.</summary>
    /// <param name="version">The version it was made for; null when it does not matter.</param>
    /// <exception cref="ShadowRefusedException">The version is another, the state would be too large or too deep, it cannot be read or the
    /// disk refuses.</exception>
    public ShadowDocument Update(string gateway, JsonObject? desired, JsonObject? reported, long? version)
    {
        lock (_gate)
        {
            var old = Find(gateway) ?? ShadowDocument.Empty;
            if (version is { } expected && expected != old.Version)
                throw new ShadowRefusedException(409, $"Version conflict: the shadow's version is {old.Version}.");
            return Keep(gateway, old, desired, reported);
        }
    }

    /// <summary>The shadow as <c>get</c> answers it, and as it lies on disk.</summary>
    public static JsonObject Describe(ShadowDocument shadow)
    {
        var state = new JsonObject { ["desired"] = shadow.Desired.DeepClone(), ["reported"] = shadow.Reported.DeepClone() };
        if (shadow.Delta is { Count: > 0 } delta)
            state["delta"] = delta;
        return new JsonObject
        {
            ["state"] = state,
            ["metadata"] = new JsonObject
            {
                ["desired"] = shadow.DesiredMetadata.DeepClone(),
                ["reported"] = shadow.ReportedMetadata.DeepClone(),
            },
            ["version"] = shadow.Version,
            ["timestamp"] = shadow.Timestamp,
        };
    }

    private ShadowDocument Keep(string gateway, ShadowDocument old, JsonObject? desired, JsonObject? reported)
    {
        var next = old.With(desired, reported, time.GetUtcNow().ToUnixTimeSeconds());
        if (Math.Max(Depth(next.Desired), Depth(next.Reported)) > MaxDepth)
            throw new ShadowRefusedException(400, $"JSON contains too many levels of nesting; maximum is {MaxDepth}.");
        var state = new JsonObject { ["desired"] = next.Desired.DeepClone(), ["reported"] = next.Reported.DeepClone() };
        if (Encoding.UTF8.GetByteCount(state.ToJsonString()) > FleetTopics.MaxShadowBytes)
            throw new ShadowRefusedException(
                413, $"The state would exceed the maximum size allowed, {FleetTopics.MaxShadowBytes} bytes.");
        try
        {
            DurableFile.CreateFolder(folder);
            DurableFile.Write(PathOf(gateway), Encoding.UTF8.GetBytes(Describe(next).ToJsonString()));
        }
        catch (Exception e) when (e.IsFromDisk())
        {
            throw new ShadowRefusedException(Failed, $"The shadow cannot be kept: {e.Message}");
        }

        _known[gateway] = (next, null);
        return next;
    }

    private (ShadowDocument Shadow, string? Aside) Known(string gateway)
    {
        if (_known.TryGetValue(gateway, out var known))
            return known;
        var path = PathOf(gateway);
        try
        {
            var shadow = ShadowDocument.Empty;
            if (File.Exists(path))
            {
                if (Read(path, out var problem) is { } read)
                    shadow = read;
                else if (DamagedFile.SetAside(path, time) is { } moved)
                    log.ShadowSetAside(gateway, problem!, moved);
            }

            var found = (shadow, shadow.Version > 0 ? null : SetAside(path));

            // Of a name that has nothing nothing is kept: anyone may ask for any name.
            return shadow.Version > 0 || found.Item2 is not null ? _known.GetOrAdd(gateway, found) : found;
        }
        catch (Exception e) when (e.IsFromDisk())
        {
            throw new ShadowRefusedException(Failed, $"Its desired settings cannot be read from {path}: {e.Message}");
        }
    }

    /// <summary>The newest damaged file in whose place none has come.</summary>
    private string? SetAside(string path) => !Directory.Exists(folder) ? null
        : Directory.EnumerateFiles(folder, $"{Path.GetFileName(path)}.*.aside").Select(Path.GetFileName).Max(StringComparer.Ordinal);

    private static ShadowDocument? Read(string path, out string? problem)
    {
        using var file = File.OpenRead(path);
        if (file.Length > MaxFileBytes)
        {
            problem = $"it has more than {MaxFileBytes} bytes";
            return null;
        }

        var bytes = new byte[file.Length];
        file.ReadExactly(bytes);
        if (ShadowJson.Read(bytes, out problem) is not { } kept)
            return null;
        if (Number(kept["version"]) is > 0 and var version && Number(kept["timestamp"]) is { } timestamp
            && kept["state"] is JsonObject state && kept["metadata"] is JsonObject metadata
            && Part(state, "desired") is { } desired && Part(state, "reported") is { } reported
            && Part(metadata, "desired") is { } about && Part(metadata, "reported") is { } told)
            return new ShadowDocument(version, timestamp, desired, reported, about, told);

        problem = "it lacks a part of a shadow";
        return null;

        static long? Number(JsonNode? node) => node is JsonValue value && value.TryGetValue<long>(out var number) ? number : null;

        static JsonObject? Part(JsonObject of, string name) => of[name] as JsonObject;
    }

    private string PathOf(string gateway) => Path.Combine(folder, $"{gateway}.json");

    private static int Depth(JsonNode? node) => node switch
    {
        JsonObject o => 1 + o.Select(p => Depth(p.Value)).DefaultIfEmpty().Max(),
        JsonArray a => 1 + a.Select(Depth).DefaultIfEmpty().Max(),
        _ => 0,
    };
}
