namespace IotGateway.Edge.Objects;

/// <summary>The media types of what devices take, by extension; anything else is <c>application/octet-stream</c>, <c>.bin</c>.</summary>
internal static class MediaTypes
{
    public const string Unknown = "application/octet-stream";

    private static readonly (string Extension, string Type)[] Known =
    [
        ("jpg", "image/jpeg"), ("jpeg", "image/jpeg"), ("png", "image/png"), ("tif", "image/tiff"), ("tiff", "image/tiff"),
        ("webp", "image/webp"),
        ("mp4", "video/mp4"), ("wav", "audio/wav"), ("flac", "audio/flac"), ("mp3", "audio/mpeg"), ("ogg", "audio/ogg"),
        ("zip", "application/zip"), ("gz", "application/gzip"), ("tar", "application/x-tar"), ("json", "application/json"),
        ("csv", "text/csv"),
    ];

    public static string Extension(string type) =>
        Array.Find(Known, k => string.Equals(k.Type, type, StringComparison.OrdinalIgnoreCase)).Extension ?? "bin";

    public static string Of(string extension)
    {
        var last = extension[(extension.LastIndexOf('.') + 1)..];
        return Array.Find(Known, k => string.Equals(k.Extension, last, StringComparison.Ordinal)).Type ?? Unknown;
    }

    /// <summary>The kind that a media type stands for where nobody named one.</summary>
    public static string Kind(string type) => type.Split('/')[0] switch
    {
        "image" =>
        "image",
        "video" => "video",
        "audio" => "sound",
        _ => "file"
    };
}
