using System.Security.Cryptography;
using System.Text.Json;
using IotGateway.Learning.Panel;

namespace IotGateway.Learning.Artifacts;

/// <summary>Files of artifacts.</summary>
internal static class ArtifactFile
{
    private const string Folder = "models/artifacts";

    /// <summary>Writes an artifact and tells its path.</summary>
    public static string Write(string folder, ModelArtifact artifact)
    {
        var path = PathOf(folder, artifact.Name);
        File.WriteAllText(path, JsonSerializer.Serialize(artifact, ArtifactJson.Default.ModelArtifact) + "\n");
        return path;
    }

    /// <summary>Reads an artifact.</summary>
    /// <exception cref="ArtifactException">It is not one of this format and name.</exception>
    public static ModelArtifact Read(string folder, string name)
    {
        var path = PathOf(folder, name);
        ModelArtifact? artifact;
        try
        {
            artifact = JsonSerializer.Deserialize(File.ReadAllText(path), ArtifactJson.Default.ModelArtifact);
        }
        catch (JsonException refusal)
        {
            throw new ArtifactException(path, refusal.Message, "the JSON that the command train writes");
        }

        if (artifact?.Format != ModelArtifact.ThisFormat)
            throw new ArtifactException(path, $"format {artifact?.Format}", $"format {ModelArtifact.ThisFormat}");
        return artifact.Name == name ? artifact : throw new ArtifactException(path, $"the model {artifact.Name}", $"the model {name}");
    }

    /// <summary>The checkout's folder of artifacts, from a folder upwards.</summary>
    /// <exception cref="ArtifactException">There is none.</exception>
    public static string FindFolder(string start)
    {
        for (var folder = new DirectoryInfo(start); folder is not null; folder = folder.Parent)
        {
            if (Path.Combine(folder.FullName, Folder) is var found && Directory.Exists(found))
                return found;
        }

        throw new ArtifactException(start, "no checkout here or above", $"a folder {Folder}, or --artifacts");
    }

    /// <summary>SHA-256 of a table, hexadecimal.</summary>
    public static string HashOf(string table)
    {
        using var stream = SurveyFiles.Open(table);
        return Convert.ToHexStringLower(SHA256.HashData(stream));
    }

    private static string PathOf(string folder, string name) => Path.Combine(folder, $"{name}.json");
}
