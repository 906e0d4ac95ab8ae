using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

namespace IotGateway.Hosting;

/// <summary>The end of a program: it runs until asked to stop, and answers the exit code.</summary>
public static class RunToEnd
{
    /// <summary>Runs until asked to stop, or until a worker ends by a fault of its own.</summary>
    /// <returns><see cref="ExitCode.WorkerFailed"/> after a worker's fault, so that the supervisor starts the program again; otherwise <see cref="Environment.ExitCode"/>.</returns>
    public static async Task<int> RunToEndAsync(this IHost host)
    {
        ArgumentNullException.ThrowIfNull(host);
        var workers = host.Services.GetServices<IHostedService>().OfType<BackgroundService>().ToArray();
        await host.RunAsync();
        return Array.Exists(workers, w => w.ExecuteTask is { IsFaulted: true }) ? ExitCode.WorkerFailed : Environment.ExitCode;
    }
}
