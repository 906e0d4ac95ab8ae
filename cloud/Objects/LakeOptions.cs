using IotGateway.Cloud.Data.Aws;
using IotGateway.Hosting.Configuration;

namespace IotGateway.Cloud.Objects;

/// <summary>The configuration section <c>Lake</c>: where the lake's objects lie.</summary>
internal sealed class LakeOptions
{
    /// <summary><c>folder</c>, the default value, or <c>s3</c>.</summary>
    public string Store { get; set; } = "folder";

    /// <summary>The bucket, for <c>s3</c>.</summary>
    public string Bucket { get; set; } = "";

    /// <summary>The address of what speaks like S3; empty, the default value, for AWS's own.</summary>
    public string ServiceUrl { get; set; } = "";

    public bool OnS3 => Store == "s3";

    /// <summary>Reads the section and checks it.</summary>
    /// <exception cref="ConfigurationException">A value is wrong; the message names its key.</exception>
    public static LakeOptions Read(IConfiguration configuration) =>
        configuration.Read("Lake", s => s.Get<LakeOptions>(Options.Strict)).Checked();

    public LakeOptions Checked()
    {
        Options.Check(Store is "folder" or "s3", "Lake:Store", Store, "folder or s3");
        if (OnS3)
        {
            var sound = Bucket.Length is >= 3 and <= 63
                && Bucket.All(c => char.IsAsciiLetterLower(c) || char.IsAsciiDigit(c) || c is '-' or '.');
            Options.Check(sound, "Lake:Bucket", Bucket, "a bucket's name, 3 to 63 lower-case letters, digits, '-' and '.'");
            AwsOptions.CheckUrl("Lake:ServiceUrl", ServiceUrl);
        }

        return this;
    }
}
