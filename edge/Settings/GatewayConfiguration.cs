using System.ComponentModel.DataAnnotations;
using System.Text.Json;

namespace IotGateway.Edge.Settings;

/// <summary>The gateway's configuration: appsettings.json beside the program, then <c>--config FILE</c>, then the environment, then the command line.</summary>
internal static class GatewayConfiguration
{
    private static readonly string[] Sections =
        ["Gateway", "Sources", "Devices", "Buffer", "Uplink", "Clock", "Fleet", "Objects", "Thresholds", "Urls", "Logging", "AllowedHosts", "Kestrel"];

    public static void AddGatewayConfiguration(this IConfigurationManager configuration, string[] args)
    {
        if (Array.IndexOf(args, "--config") is >= 0 and var at)
        {
            var file = at + 1 < args.Length ? Path.GetFullPath(args[at + 1]) : "";
            if (!File.Exists(file))
                throw new ValidationException($"--config is '{file}'; expected a JSON file that exists.");
            CheckSections(file);
            configuration.AddJsonFile(file, optional: false, reloadOnChange: false);
            configuration.AddEnvironmentVariables();
        }

        configuration.AddCommandLine(args);
    }

    /// <summary>A misspelt section would be no source, no device, and no word about it.</summary>
    private static void CheckSections(string file)
    {
        try
        {
            using var json = JsonDocument.Parse(File.ReadAllBytes(file), new JsonDocumentOptions { CommentHandling = JsonCommentHandling.Skip, AllowTrailingCommas = true });
            foreach (var section in json.RootElement.EnumerateObject().Where(s => !Sections.Contains(s.Name, StringComparer.OrdinalIgnoreCase)))
                throw new ValidationException($"{file} has the section '{section.Name}'; expected some of {string.Join(", ", Sections)}.");
        }
        catch (Exception e) when (e is JsonException or InvalidOperationException)
        {
            throw new ValidationException($"{file} cannot be read as a JSON object: {e.Message}", e);
        }
    }
}
