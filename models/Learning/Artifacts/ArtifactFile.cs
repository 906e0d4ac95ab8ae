using System.Text.Json;
using System.Text.Json.Serialization.Metadata;

namespace IotGateway.Learning.Artifacts;

/// <summary>Files of artifacts.</summary>
internal static class ArtifactFile
{
    private const string Folder = "models/artifacts";

    /// <summary>Writes an artifact and tells its path.</summary>
    public static string Write<TModels>(string folder, ModelArtifact<TModels> artifact, JsonTypeInfo<ModelArtifact<TModels>> json)
    {
        var path = PathOf(folder, artifact.Name);
        File.WriteAllText(path, JsonSerializer.Serialize(artifact, json) + "\n");
        return path;
    }

    /// <summary>Reads an artifact.</summary>
    /// <exception cref="ArtifactException">It is not one of this format and name.</exception>
    public static ModelArtifact<TModels> Read<TModels>(string folder, string name, JsonTypeInfo<ModelArtifact<TModels>> json)
    {
        var path = PathOf(folder, name);
        ModelArtifact<TModels>? artifact;
        try
        {
            artifact = JsonSerializer.Deserialize(File.ReadAllText(path), json);
        }
        catch (JsonException refusal)
        {
            throw new ArtifactException(path, refusal.Message, "the JSON that the command train writes");
        }

        const int Expected = ModelArtifact<TModels>.ThisFormat;
        if (artifact?.Format != Expected)
            throw new ArtifactException(path, $"format {artifact?.Format}", $"format {Expected}");
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

    private static string PathOf(string folder, string name) => Path.Combine(folder, $"{name}.json");
}
