namespace IotGateway.Cloud.Fleet;

/// <summary>Log lines of the Fleet room.</summary>
internal static partial class Log
{
    [LoggerMessage(301, LogLevel.Information, "{By} has a new certificate for gateway {Gateway} until {Until:yyyy-MM-dd}")]
    public static partial void Provisioned(this ILogger log, string by, string gateway, DateTime until);

    [LoggerMessage(
        304, LogLevel.Error,
        "The shadow of gateway {Gateway} is damaged ({Problem}) and set aside as {Aside}; set its desired settings again")]
    public static partial void ShadowSetAside(this ILogger log, string gateway, string problem, string aside);
}
