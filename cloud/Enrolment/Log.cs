namespace IotGateway.Cloud.Enrolment;

/// <summary>Log lines of the Enrolment room.</summary>
internal static partial class Log
{
    [LoggerMessage(311, LogLevel.Information, "The broker's certificate is issued, from {From:u} until {Until:u}")]
    public static partial void ServerCertificateIssued(this ILogger log, DateTime from, DateTime until);

    [LoggerMessage(
        312, LogLevel.Error, "The broker's certificate '{File}' cannot be used ({Fault}); it is set aside as '{Aside}' and issued anew")]
    public static partial void ServerCertificateSetAside(this ILogger log, string file, string fault, string aside);
}
