using System.Globalization;
using System.Text.Json;
using IotGateway.Edge.Forwarding.Answers;
using IotGateway.Edge.Pipeline;
using IotGateway.Hosting;
using IotGateway.Storage.Files;

namespace IotGateway.Edge;

/// <summary>The commands for whoever looks after a gateway; they work on its data folder, whether it runs or not.</summary>
internal static class Commands
{
    private const string Usage = """
        usage: edge dead-letters list [--data DIR]
               edge dead-letters export FOLDER [--data DIR]
               edge dead-letters requeue NAME... | --all [--data DIR]
               edge dead-letters drop NAME... [--data DIR]
               edge quarantine list [--data DIR]
        DIR is the gateway's data folder (Gateway:DataDirectory), "data" if left out. A running gateway takes up what is requeued within
        seconds, a stopped one when it starts. Names are those of the list.
        """;

    /// <summary>The command that the arguments name; null when the gateway itself is to run. A command answers the exit code.</summary>
    public static Func<string[], TextWriter, TextWriter, int>? Find(string[] args) => args switch
    {
        ["dead-letters", ..] => Guarded(DeadLetters),
        ["quarantine", ..] => Guarded(ListQuarantine),
        ["--help" or "-h" or "help", ..] => (_, output, _) => Help(output),
        _ => null,
    };

    private static int Help(TextWriter output)
    {
        output.WriteLine(Usage);
        return ExitCode.Done;
    }

    private static Func<string[], TextWriter, TextWriter, int> Guarded(Func<List<string>, string, TextWriter, TextWriter, int> command) =>
        (args, output, errors) =>
        {
            var rest = args[1..].ToList();
            var data = "data";
            if (rest.IndexOf("--data") is >= 0 and var at)
            {
                data = at + 1 < rest.Count ? rest[at + 1] : "";
                rest.RemoveRange(at, Math.Min(2, rest.Count - at));
            }

            if (!Directory.Exists(data))
            {
                errors.WriteLine($"--data is '{data}'; expected the gateway's data folder.");
                return ExitCode.Usage;
            }

            try
            {
                return command(rest, data, output, errors);
            }
            catch (Exception e) when (e.IsFromDisk())
            {
                errors.WriteLine($"{e.Message} Run this as the gateway's user.");
                return ExitCode.CannotUse;
            }
        };

    private static int DeadLetters(List<string> args, string data, TextWriter output, TextWriter errors)
    {
        var letters = new DeadLetters(Path.Combine(data, "dead-letters"));
        switch (args)
        {
            case ["list"]:
                foreach (var letter in letters.All())
                    output.WriteLine(
                        $"{letter.Name}  {letter.RefusedAt?.UtcDateTime.ToString("u", CultureInfo.InvariantCulture) ?? "-"}  "
                            + $"{letter.Readings.ToString(CultureInfo.InvariantCulture)} readings  {letter.Reason}");
                return ExitCode.Done;
            case ["export", var folder]:
                Directory.CreateDirectory(folder);
                return ForEach(
                    letters, [.. letters.All().Select(l => l.Name)], errors,
                    name => File.Copy(letters.PathOf(name), Path.Combine(folder, name + ".json"), overwrite: true));
            case ["requeue", "--all"]:
                return ForEach(letters, [.. letters.All().Select(l => l.Name)], errors, name => Requeue(letters, name));
            case ["requeue", _, ..]:
                return ForEach(letters, args[1..], errors, name => Requeue(letters, name));
            case ["drop", _, ..]:
                return ForEach(letters, args[1..], errors, name => File.Delete(letters.PathOf(name)));
            default:
                errors.WriteLine(Usage);
                return ExitCode.Usage;
        }
    }

    private static void Requeue(DeadLetters letters, string name) =>
        DurableFile.Move(letters.PathOf(name), Path.Combine(letters.RequeueFolder, name + ".json"));

    private static int ForEach(DeadLetters letters, List<string> names, TextWriter errors, Action<string> act)
    {
        var known = letters.All().Select(l => l.Name).ToHashSet(StringComparer.Ordinal);
        var unknown = names.Where(n => !known.Contains(n)).ToArray();
        foreach (var name in unknown)
            errors.WriteLine($"There is no dead letter '{name}'.");
        foreach (var name in names.Where(known.Contains))
            act(name);
        return unknown.Length == 0 ? ExitCode.Done : ExitCode.Incomplete;
    }

    private static int ListQuarantine(List<string> args, string data, TextWriter output, TextWriter errors)
    {
        if (args is not ["list"])
        {
            errors.WriteLine(Usage);
            return ExitCode.Usage;
        }

        var folder = Path.Combine(data, "quarantine");
        foreach (var line in Directory.Exists(folder) ? Quarantine.Files(folder).SelectMany(ReadLines) : [])
        {
            try
            {
                using var message = JsonDocument.Parse(line);
                var root = message.RootElement;
                output.WriteLine(string.Create(
                    CultureInfo.InvariantCulture,
                    $"{root.GetProperty("at")}  {root.GetProperty("source")}  {root.GetProperty("reason")}  "
                        + $"{root.GetProperty("payloadBytes")} bytes  {root.GetProperty("topic")}  {root.GetProperty("explanation")}"));
            }
            catch (JsonException)
            {
                // The line that the gateway is writing, or that a power cut tore.
            }
        }

        return ExitCode.Done;
    }

    private static IEnumerable<string> ReadLines(string file)
    {
        using var reader = new StreamReader(new FileStream(file, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete));
        while (reader.ReadLine() is { } line)
            yield return line;
    }
}
