using IotGateway.Hosting.Configuration;

namespace IotGateway.Edge.Objects;

/// <summary>
/// The configuration section <c>Objects</c>: where images and archives go. Credentials are never configured here; they come from the
/// standard AWS chain (environment, profile, container, instance).
/// </summary>
internal sealed class ObjectOptions
{
    private static readonly ValueRange Sizes = new(16L << 20, 64L << 30);

    /// <summary>The bucket. Without one nothing is sent and the drop folder is not watched. No default.</summary>
    public string Bucket { get; set; } = "";

    /// <summary>
    /// The bucket's AWS region, such as <c>eu-central-1</c>. Required with a bucket unless <see cref="ServiceUrl"/> is given.
    /// </summary>
    public string Region { get; set; } = "";

    /// <summary>
    /// The endpoint of a compatible store, such as <c>https://s3.example.org</c>; addressed by path. The default value is none: AWS.
    /// </summary>
    public string ServiceUrl { get; set; } = "";

    /// <summary>
    /// The beginning of all keys: path segments of letters, digits and <c>! - _ . * ' ( ) =</c>. The default value is <c>objects</c>.
    /// </summary>
    public string Prefix { get; set; } = "objects";

    /// <summary>The most bytes that may wait, those refused included: 16 MiB to 64 GiB. The default value is 4 GiB.</summary>
    public long MaxBytes { get; set; } = 4L << 30;

    /// <summary>
    /// Free bytes of the disk that objects leave to the readings' buffer and to others, 0 or more. The default value is 512 MiB.
    /// </summary>
    public long ReserveFreeBytes { get; set; } = 512L << 20;

    /// <summary>
    /// Bytes a second, so that live readings keep their share of a thin line: 16,384 or more, 0 for no limit. The default value is 1
    /// MiB.
    /// </summary>
    public int BytesPerSecond { get; set; } = 1 << 20;

    /// <summary>Are objects sent?</summary>
    public bool Enabled => Bucket.Length > 0;

    /// <exception cref="ConfigurationException">A value is wrong; the message names it.</exception>
    public static ObjectOptions Read(IConfiguration configuration) =>
        configuration.Read("Objects", s => s.Get<ObjectOptions>(Options.Strict)).Checked();

    private ObjectOptions Checked()
    {
        Options.Check(Sizes, "Objects:MaxBytes", MaxBytes);
        Options.Check(ReserveFreeBytes >= 0, "Objects:ReserveFreeBytes", ReserveFreeBytes, "0 or more");
        Options.Check(!Enabled || IsBucket(Bucket), "Objects:Bucket", Bucket, "3 to 63 lower-case letters, digits, '-' or '.'");
        Options.Check(
            !Enabled || Region.Length > 0 || ServiceUrl.Length > 0, "Objects:Region", Region, "the bucket's region, or Objects:ServiceUrl");
        Options.Check(
            ServiceUrl.Length == 0 || (Uri.TryCreate(ServiceUrl, UriKind.Absolute, out var url) && url.Scheme is "http" or "https"),
            "Objects:ServiceUrl", ServiceUrl,
            "an http or https URL");
        Options.Check(
            ObjectKey.IsPrefix(Prefix), "Objects:Prefix", Prefix,
            $"at most {ObjectKey.MaxPrefix} characters: segments of letters, digits and !-_.*'()= with '/' between");
        Options.Check(BytesPerSecond is 0 or >= 16_384, "Objects:BytesPerSecond", BytesPerSecond, "0, or 16384 or more");
        return this;
    }

    private static bool IsBucket(string name) => name.Length is >= 3 and <= 63 && name[0] is not ('-' or '.')
        && name[^1] is not ('-' or '.')
        && name.All(c => char.IsAsciiLetterLower(c) || char.IsAsciiDigit(c) || c is '-' or '.');
}
