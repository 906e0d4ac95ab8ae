using System.Net.Sockets;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

namespace IotGateway.Hosting;

/// <summary>The end of a program: it runs until asked to stop, and answers the exit code.</summary>
public static class RunToEnd
{
    /// <summary>Runs until asked to stop, or until a worker ends by a fault of its own.</summary>
    /// <returns>
    /// <see cref="ExitCode.WorkerFailed"/> after a worker's fault, so that the supervisor starts the program again; otherwise
    /// <see cref="Environment.ExitCode"/>.
    /// </returns>
    public static async Task<int> RunToEndAsync(this IHost host)
    {
        ArgumentNullException.ThrowIfNull(host);
        var workers = host.Services.GetServices<IHostedService>().OfType<BackgroundService>().ToArray();
        await host.RunAsync();
        return Array.Exists(workers, w => w.ExecuteTask is { IsFaulted: true }) ? ExitCode.WorkerFailed : Environment.ExitCode;
    }

    /// <summary>Runs a program; a fault that a person can mend is told in one line instead of a stack.</summary>
    /// <param name="program">The program; it answers the exit code.</param>
    /// <param name="errors">The standard error stream.</param>
    public static async Task<int> GuardedAsync(Func<Task<int>> program, TextWriter errors)
    {
        ArgumentNullException.ThrowIfNull(program);
        ArgumentNullException.ThrowIfNull(errors);
        try
        {
            return await program();
        }
        catch (UsageException e)
        {
            await errors.WriteLineAsync(e.Message);
            return ExitCode.Usage;
        }
        catch (Exception e) when (e is FormatException or ArgumentException or InvalidDataException)
        {
            await errors.WriteLineAsync($"The configuration is wrong. {e.Message}");
            return ExitCode.Configuration;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or SocketException)
        {
            await errors.WriteLineAsync($"The program cannot go on: {e.Message}");
            return ExitCode.CannotUse;
        }
    }
}
