using System.Text.Json;
using Microsoft.Extensions.Configuration;

namespace IotGateway.Hosting.Configuration;

/// <summary>
/// The configuration of our programs: appsettings.json beside the program, then <c>--config FILE</c>, then the environment, then the
/// command line.
/// </summary>
public static class ConfigurationFile
{
    private static readonly JsonDocumentOptions AsProviderReads = new()
    {
        CommentHandling = JsonCommentHandling.Skip,
        AllowTrailingCommas = true,
    };

    /// <summary>
    /// Adds the file that <c>--config</c> names, the environment and the command line to what the host's builder has read.
    /// </summary>
    /// <param name="configuration">The host's configuration.</param>
    /// <param name="args">The command line.</param>
    /// <param name="sections">The sections that the program has: a misspelt one would be no source, no site, and no word about it.</param>
    /// <param name="switches">Short names of keys on the command line, such as <c>--data</c> for <c>Data:Folder</c>; null for none.</param>
    /// <exception cref="ConfigurationException">The file is absent, no JSON object, has an unknown section or a null.</exception>
    public static void AddFileAndArguments(
        this IConfigurationBuilder configuration, string[] args, IReadOnlyCollection<string> sections,
        IDictionary<string, string>? switches = null)
    {
        ArgumentNullException.ThrowIfNull(args);
        ArgumentNullException.ThrowIfNull(sections);
        if (Array.IndexOf(args, "--config") is >= 0 and var at)
        {
            var file = at + 1 < args.Length ? Path.GetFullPath(args[at + 1]) : "";
            Options.Check(File.Exists(file), "--config", file, "a JSON file that exists");
            CheckFile(file, sections);
            configuration.AddJsonFile(file, optional: false, reloadOnChange: false);
            configuration.AddEnvironmentVariables();
        }

        configuration.AddCommandLine(args, switches ?? new Dictionary<string, string>(StringComparer.Ordinal));
    }

    private static void CheckFile(string file, IReadOnlyCollection<string> sections)
    {
        try
        {
            using var json = JsonDocument.Parse(File.ReadAllBytes(file), AsProviderReads);
            foreach (var section in json.RootElement.EnumerateObject())
            {
                if (!sections.Contains(section.Name, StringComparer.OrdinalIgnoreCase))
                    throw new ConfigurationException(
                        $"{file} has the section '{section.Name}'; expected some of {string.Join(", ", sections)}.");
                CheckNulls(section.Name, section.Value);
            }
        }
        catch (Exception e) when (e is JsonException or InvalidOperationException)
        {
            throw new ConfigurationException($"{file} cannot be read as a JSON object: {e.Message}", e);
        }
    }

    /// <summary>A null is nothing that an option can be; environment and command line cannot give one.</summary>
    private static void CheckNulls(string key, JsonElement value)
    {
        switch (value.ValueKind)
        {
            case JsonValueKind.Null:
                throw new ConfigurationException($"{key} is null; expected a value, or the key left out.");
            case JsonValueKind.Object:
                foreach (var property in value.EnumerateObject())
                    CheckNulls($"{key}:{property.Name}", property.Value);
                break;
            case JsonValueKind.Array:
                foreach (var (i, element) in value.EnumerateArray().Index())
                    CheckNulls(string.Create(System.Globalization.CultureInfo.InvariantCulture, $"{key}:{i}"), element);
                break;
        }
    }
}
