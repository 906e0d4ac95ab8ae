using System.ComponentModel.DataAnnotations;
using System.Text.RegularExpressions;

namespace IotGateway.Edge.Objects;

/// <summary>
/// The configuration section <c>Objects</c>: where images and archives go. Credentials are never configured here; they come from the
/// standard AWS chain (environment, profile, container, instance).
/// </summary>
internal sealed partial class ObjectOptions : IValidatableObject
{
    /// <summary>The bucket. Without one nothing is sent and the drop folder is not watched. No default.</summary>
    public string Bucket { get; set; } = "";

    /// <summary>The bucket's AWS region, such as <c>eu-central-1</c>. Required with a bucket unless <see cref="ServiceUrl"/> is given.</summary>
    public string Region { get; set; } = "";

    /// <summary>The endpoint of a compatible store, such as <c>https://s3.example.org</c>; addressed by path. The default value is none: AWS.</summary>
    public string ServiceUrl { get; set; } = "";

    /// <summary>What the keys begin with: path segments of letters, digits and <c>! - _ . * ' ( ) =</c>. The default value is <c>objects</c>.</summary>
    public string Prefix { get; set; } = "objects";

    /// <summary>The most bytes that may wait, those refused included: 16 MiB to 64 GiB. The default value is 4 GiB.</summary>
    [Range(16L << 20, 64L << 30)]
    public long MaxBytes { get; set; } = 4L << 30;

    /// <summary>Free bytes of the disk that objects leave to the readings' buffer and to others, 0 or more. The default value is 512 MiB.</summary>
    [Range(0, long.MaxValue)]
    public long ReserveFreeBytes { get; set; } = 512L << 20;

    /// <summary>Bytes a second, so that live readings keep their share of a thin line: 16,384 or more, 0 for no limit. The default value is 1 MiB.</summary>
    public int BytesPerSecond { get; set; } = 1 << 20;

    /// <summary>Whether objects are sent.</summary>
    public bool Enabled => Bucket.Length > 0;

    public IEnumerable<ValidationResult> Validate(ValidationContext validationContext)
    {
        if (Enabled && !BucketName().IsMatch(Bucket))
            yield return new ValidationResult($"Objects:Bucket is '{Bucket}'; expected 3 to 63 lower-case letters, digits, '-' or '.'.", [nameof(Bucket)]);
        if (Enabled && Region.Length == 0 && ServiceUrl.Length == 0)
            yield return new ValidationResult("Objects:Region is ''; expected the bucket's region, or Objects:ServiceUrl.", [nameof(Region)]);
        if (ServiceUrl.Length > 0 && !(Uri.TryCreate(ServiceUrl, UriKind.Absolute, out var url) && url.Scheme is "http" or "https"))
            yield return new ValidationResult($"Objects:ServiceUrl is '{ServiceUrl}'; expected an http or https URL.", [nameof(ServiceUrl)]);
        if (!ObjectKey.IsPrefix(Prefix))
            yield return new ValidationResult($"Objects:Prefix is '{Prefix}'; expected at most {ObjectKey.MaxPrefix} characters: segments of letters, digits and !-_.*'()= with '/' between.", [nameof(Prefix)]);
        if (BytesPerSecond is not 0 and < 16_384)
            yield return new ValidationResult($"Objects:BytesPerSecond is {BytesPerSecond}; expected 0, or 16384 or more.", [nameof(BytesPerSecond)]);
    }

    [GeneratedRegex("^[a-z0-9][a-z0-9.-]{1,61}[a-z0-9]$", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex BucketName();
}
