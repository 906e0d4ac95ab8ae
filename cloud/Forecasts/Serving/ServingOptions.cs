using IotGateway.Cloud.Data.Aws;
using IotGateway.Hosting.Configuration;

namespace IotGateway.Cloud.Forecasts.Serving;

/// <summary>
/// Configuration section <c>Serving</c>: the SageMaker endpoint that forecasts the temperature in hives. Without one the model of this
/// process does.
/// </summary>
internal sealed class ServingOptions
{
    public const string Csv = "csv";
    public const string Json = "json";

    private const string Words = "1 to 63 letters, digits, '-' and '.'";

    /// <summary>The endpoint's name; empty, the default value, for none.</summary>
    public string Endpoint { get; set; } = "";

    /// <summary>The runtime's address; empty, the default value, for that of <c>Aws:Region</c>.</summary>
    public string Url { get; set; } = "";

    /// <summary>The production variant that is asked; empty, the default value, for whichever the endpoint picks.</summary>
    public string Variant { get; set; } = "";

    /// <summary>Form of the rows, there and back: <c>csv</c> or <c>json</c>, the default value.</summary>
    public string Format { get; set; } = Json;

    /// <summary>The name of the model that the endpoint holds, under which its forecasts are kept and scored.</summary>
    public string Model { get; set; } = "";

    /// <summary>Its version: another one where the same input may give another word.</summary>
    public string Version { get; set; } = "";

    /// <summary>Time for one batch, repetitions included, 1 to 60 s; the default value is 10.</summary>
    public int TimeoutSeconds { get; set; } = 10;

    /// <summary>Rows of a batch, 1 to 200; the default value is 24. A row of 675 hours has some 12 KB.</summary>
    public int BatchRows { get; set; } = 24;

    /// <summary>The section, read and checked.</summary>
    public static ServingOptions Read(IConfiguration configuration) =>
        configuration.Read("Serving", s => s.Get<ServingOptions>(Options.Strict)).Checked();

    public ServingOptions Checked()
    {
        Options.Check(Endpoint.Length == 0 || IsName(Endpoint), "Serving:Endpoint", Endpoint, $"{Words}, or nothing");
        AwsOptions.CheckUrl("Serving:Url", Url);
        Options.Check(Variant.Length == 0 || IsName(Variant), "Serving:Variant", Variant, $"{Words}, or nothing");
        Options.Check(Format is Csv or Json, "Serving:Format", Format, $"{Csv} or {Json}");
        Options.Check(Endpoint.Length == 0 || IsName(Model), "Serving:Model", Model, $"the name of the endpoint's model, {Words}");
        Options.Check(Endpoint.Length == 0 || IsName(Version), "Serving:Version", Version, $"the version of the endpoint's model, {Words}");
        Options.Check(TimeoutSeconds is >= 1 and <= 60, "Serving:TimeoutSeconds", TimeoutSeconds, "1 to 60");
        Options.Check(BatchRows is >= 1 and <= 200, "Serving:BatchRows", BatchRows, "1 to 200");
        return this;
    }

    private static bool IsName(string text) =>
        text.Length is > 0 and <= 63 && text.All(c => char.IsAsciiLetterOrDigit(c) || c is '-' or '.');
}
