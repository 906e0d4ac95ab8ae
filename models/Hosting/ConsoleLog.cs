using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Console;

namespace IotGateway.Hosting;

/// <summary>The log of our programs: one line an entry on the console, in UTC, without colours, for the journal to keep.</summary>
public static class ConsoleLog
{
    /// <summary>Makes the console the only log.</summary>
    public static ILoggingBuilder AddConsoleLog(this ILoggingBuilder logging) => logging.ClearProviders().AddSimpleConsole(console =>
    {
        console.SingleLine = true;
        console.UseUtcTimestamp = true;
        console.TimestampFormat = "yyyy-MM-dd'T'HH:mm:ss.fff'Z' ";
        console.ColorBehavior = LoggerColorBehavior.Disabled;
    });
}
