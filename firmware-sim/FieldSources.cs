using System.Globalization;
using IotGateway.FirmwareSim.Colonies;
using IotGateway.FirmwareSim.Nodes;
using IotGateway.FirmwareSim.Options;
using IotGateway.FirmwareSim.Recorded;
using IotGateway.FirmwareSim.Script;
using IotGateway.FirmwareSim.Synthetic;

namespace IotGateway.FirmwareSim;

/// <summary>Opens the recordings and picks what the options ask for.</summary>
internal static class FieldSources
{
    /// <exception cref="OptionException">The recordings are missing, or hold nothing of what was asked for.</exception>
    public static FieldScript Open(SimOptions options)
    {
        try
        {
            return new FieldScript(Pick(options, HiveRecording.Read(options.Recordings)), options.Field, options.NetworkServer);
        }
        catch (RecordingException e)
        {
            throw new OptionException("--recordings", options.Recordings, $"the recordings: {e.Message}");
        }
    }

    private static List<NodeSource> Pick(SimOptions options, HiveRecording recording)
    {
        var (first, last) = recording.Span;
        var (from, until) = (options.From ?? first, options.Until ?? last.AddSeconds(1));
        if (from >= until)
        {
            throw options.Until is null
                ? new OptionException("--from", Text(from), $"a time up to the recording's last, {Text(last)}")
                : new OptionException("--until", Text(until), $"a time after --from, {Text(from)}");
        }

        if (options.Hives?.Except(recording.Hives).Cast<int?>().FirstOrDefault() is { } stranger)
            throw new OptionException(
                "--hives", stranger.ToString(CultureInfo.InvariantCulture), $"tags out of {string.Join(", ", recording.Hives)}");

        var hives = options.Hives?.Distinct().Order() ?? (IEnumerable<int>)recording.Hives;
        var sources = hives.Select(h => recording.Source(h, from, until)).ToList();
        if (options.Synthetic > 0)
        {
            var weather = WeatherRecording.Read(options.Recordings);
            sources.AddRange(
                Enumerable.Range(1, options.Synthetic).Select(n => SyntheticHives.Source(n, options.Field.Seed, weather, from, until)));
        }

        if (options.Colonies > 0)
            sources.AddRange(Colonies(options, from, until));

        return sources.Exists(s => s.Count > 0)
            ? sources
            : throw new OptionException(
                "--from", Text(from), $"a span with frames in it; the recording runs from {Text(first)} to {Text(last)}");
    }

    /// <summary>Sources of the simulated colonies, whose truth is written.</summary>
    private static IEnumerable<NodeSource> Colonies(SimOptions options, DateTimeOffset from, DateTimeOffset until)
    {
        var weather = WeatherRecording.Read(options.Recordings);
        var hives = SimulatedHives.Of(options.Colonies, options.Field.Seed, weather, from, until);
        if (options.TruthFile is { } path)
        {
            try
            {
                TruthFile.Write(path, hives);
            }
            catch (Exception e) when (e is IOException or UnauthorizedAccessException or ArgumentException)
            {
                throw new OptionException("--truth", path, "a file that can be written");
            }
        }

        return hives.Select(h => h.Source);
    }

    private static string Text(DateTimeOffset time) => time.ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", CultureInfo.InvariantCulture);
}
