namespace IotGateway.Telemetry.Fleet;

/// <summary>
/// The topics of AWS IoT Core by which a gateway gets and renews its certificate and is configured; the embedded broker answers the same
/// ones. An answer comes on the request's topic with <c>/accepted</c> or <c>/rejected</c> added.
/// </summary>
public static class FleetTopics
{
    /// <summary>The greatest length of a provisioning template's name, AWS's own.</summary>
    public const int MaxTemplateLength = 36;

    /// <summary>The greatest size of a shadow's state, in bytes of JSON.</summary>
    public const int MaxShadowBytes = 8 * 1024;

    /// <summary>Takes a certificate signing request, answers with a certificate and a token that proves who asked.</summary>
    public const string CreateFromCsr = "$aws/certificates/create-from-csr/json";

    /// <summary>Takes that token and parameters, makes the certificate a thing's own.</summary>
    public static string Provision(string template) => $"$aws/provisioning-templates/{template}/provision/json";

    /// <summary>Asks for the shadow named <c>config</c> of a gateway.</summary>
    public static string ShadowGet(string gateway) => Shadow(gateway) + "/get";

    /// <summary>Changes it.</summary>
    public static string ShadowUpdate(string gateway) => Shadow(gateway) + "/update";

    /// <summary>Tells the gateway what of the desired state it has not reported.</summary>
    public static string ShadowDelta(string gateway) => Shadow(gateway) + "/update/delta";

    /// <summary>Topic of the answer to a request that was granted.</summary>
    public static string Accepted(string topic) => topic + "/accepted";

    /// <summary>Topic of the answer to a request that was refused.</summary>
    public static string Rejected(string topic) => topic + "/rejected";

    /// <summary>True where <paramref name="name"/> may name a template: 1 to 36 letters, digits, <c>-</c> and <c>_</c>.</summary>
    public static bool IsTemplate(string? name) =>
        name is { Length: > 0 and <= MaxTemplateLength } && name.All(c => char.IsAsciiLetterOrDigit(c) || c is '-' or '_');

    private static string Shadow(string gateway) => $"$aws/things/{gateway}/shadow/name/config";
}
