namespace IotGateway.Edge.Fleet;

internal static partial class Log
{
    [LoggerMessage(5001, LogLevel.Information, "Fleet: provisioned by claim as {Thing}; the certificate is good until {Until:yyyy-MM-dd}")]
    public static partial void Provisioned(this ILogger log, string thing, DateTimeOffset until);

    [LoggerMessage(5002, LogLevel.Information, "Fleet: a new certificate, good until {Until:yyyy-MM-dd}, is tried")]
    public static partial void Renewed(this ILogger log, DateTimeOffset until);

    [LoggerMessage(5003, LogLevel.Warning, "Fleet: the certificate ends on {Until:yyyy-MM-dd} and is not renewed: {Reason}")]
    public static partial void NotRenewed(this ILogger log, DateTimeOffset until, string reason);

    [LoggerMessage(5004, LogLevel.Information, "Fleet: settings of shadow version {Version}: {Settings}")]
    public static partial void SettingsApplied(this ILogger log, long version, string settings);

    [LoggerMessage(5005, LogLevel.Warning, "Fleet: a message on {Topic} cannot be read: {Reason}")]
    public static partial void ShadowUnreadable(this ILogger log, string topic, string reason);

    [LoggerMessage(5006, LogLevel.Warning, "Fleet: {Topic}: {Reason}")]
    public static partial void ShadowRefused(this ILogger log, string topic, string reason);

    [LoggerMessage(5007, LogLevel.Warning, "Fleet: the setting {Name} that came with the certificate is refused: it {Reason}")]
    public static partial void SettingRefused(this ILogger log, string name, string reason);

    [LoggerMessage(5008, LogLevel.Warning, "Fleet: what the shadow desires cannot be kept and is not applied: {Reason}")]
    public static partial void SettingsNotKept(this ILogger log, string reason);
}
