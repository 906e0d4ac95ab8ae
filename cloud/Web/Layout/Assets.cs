using System.Security.Cryptography;

namespace IotGateway.Cloud.Web.Layout;

/// <summary>
/// The style sheet and the script, carried in the program so that it runs from any folder; their addresses name their content.
/// </summary>
internal sealed class Assets
{
    private readonly Dictionary<string, (byte[] Bytes, string Type)> _byPath = new(StringComparer.Ordinal);

    public Assets()
    {
        Style = Load("dashboard.css", "text/css; charset=utf-8");
        Script = Load("live.js", "text/javascript; charset=utf-8");
    }

    /// <summary>The style sheet's address.</summary>
    public string Style { get; }

    /// <summary>The script's address.</summary>
    public string Script { get; }

    public IResult Get(string name, HttpContext context)
    {
        if (!_byPath.TryGetValue($"/assets/{name}", out var found))
            return Results.NotFound();
        context.Response.Headers.CacheControl = "public, max-age=31536000, immutable";
        return Results.Bytes(found.Bytes, found.Type);
    }

    private string Load(string name, string type)
    {
        using var resource = typeof(Assets).Assembly.GetManifestResourceStream($"wwwroot/{name}")!;
        var bytes = new byte[resource.Length];
        resource.ReadExactly(bytes);
        var path = $"/assets/{Convert.ToHexStringLower(SHA256.HashData(bytes))[..12]}-{name}";
        _byPath[path] = (bytes, type);
        return path;
    }
}
