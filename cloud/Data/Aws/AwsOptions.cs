using IotGateway.Hosting.Configuration;

namespace IotGateway.Cloud.Data.Aws;

/// <summary>
/// The configuration section <c>Aws</c>: settings of all of AWS's services. Credentials come by the standard chain (environment, profile,
/// container, instance), never from here.
/// </summary>
internal sealed class AwsOptions
{
    /// <summary>The region, such as <c>eu-west-1</c>. The default value is that of the environment's <c>AWS_REGION</c>.</summary>
    public string Region { get; set; } = Environment.GetEnvironmentVariable("AWS_REGION")
        ?? Environment.GetEnvironmentVariable("AWS_DEFAULT_REGION") ?? "";

    /// <summary>
    /// The account that the buckets must belong to, twelve digits; a bucket of another owner is then refused. Empty, the default value, for
    /// any.
    /// </summary>
    public string Account { get; set; } = "";

    public AwsOptions Checked()
    {
        Options.Check(
            Region.Length is > 0 and <= 32 && Region.All(c => char.IsAsciiLetterLower(c) || char.IsAsciiDigit(c) || c == '-'), "Aws:Region",
            Region, "a region such as eu-west-1, or AWS_REGION in the environment");
        Options.Check(
            Account.Length == 0 || (Account.Length == 12 && Account.All(char.IsAsciiDigit)), "Aws:Account", Account,
            "the twelve digits of an account, or nothing");
        return this;
    }

    /// <summary>The section, read and checked.</summary>
    public static AwsOptions Read(IConfiguration configuration) =>
        configuration.Read("Aws", s => s.Get<AwsOptions>(Options.Strict)).Checked();

    /// <summary>Checks the address of a service.</summary>
    /// <exception cref="ConfigurationException">It is neither empty nor an HTTP address, or it is not encrypted and leads off this
    /// machine.</exception>
    public static void CheckUrl(string key, string url) => Options.Check(
        url.Length == 0
            || (Uri.TryCreate(url, UriKind.Absolute, out var uri)
                && (uri.Scheme == Uri.UriSchemeHttps || (uri.Scheme == Uri.UriSchemeHttp && uri.IsLoopback))),
        key, url, "an https address, or http on this machine alone, or nothing for AWS's own");
}
