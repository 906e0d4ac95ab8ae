using IotGateway.Cloud.Data.Aws;
using IotGateway.Hosting.Configuration;

namespace IotGateway.Cloud.Observations;

/// <summary>The configuration section <c>Observations</c>: where the hot observations are kept.</summary>
internal sealed class ObservationsOptions
{
    private const int MostPrefix = 64;

    /// <summary><c>lite</c>, the default value: a file in the data folder, for one process; or <c>dynamodb</c>.</summary>
    public string Store { get; set; } = "lite";

    /// <summary>Beginning of the DynamoDB tables' names. The default value is <c>iotgateway-</c>.</summary>
    public string TablePrefix { get; set; } = "iotgateway-";

    /// <summary>The address of what speaks like DynamoDB; empty, the default value, for AWS's own.</summary>
    public string ServiceUrl { get; set; } = "";

    /// <summary>
    /// Months after which DynamoDB may delete readings, counted from when they came; 0 for never. The default value is 13.
    /// </summary>
    public int RetainMonths { get; set; } = 13;

    public bool InDynamo => Store == "dynamodb";

    /// <summary>Reads the section and checks it.</summary>
    /// <exception cref="ConfigurationException">A value is wrong; the message names its key.</exception>
    public static ObservationsOptions Read(IConfiguration configuration) =>
        configuration.Read("Observations", s => s.Get<ObservationsOptions>(Options.Strict)).Checked();

    public ObservationsOptions Checked()
    {
        Options.Check(Store is "lite" or "dynamodb", "Observations:Store", Store, "lite or dynamodb");
        var sound = TablePrefix.Length is > 0 and <= MostPrefix
            && TablePrefix.All(c => char.IsAsciiLetterOrDigit(c) || c is '-' or '_' or '.');
        Options.Check(sound, "Observations:TablePrefix", TablePrefix, $"1 to {MostPrefix} letters, digits, '-', '_' and '.'");
        AwsOptions.CheckUrl("Observations:ServiceUrl", ServiceUrl);
        Options.Check(RetainMonths is >= 0 and <= 240, "Observations:RetainMonths", RetainMonths, "0 to 240");
        return this;
    }
}
