using System.Globalization;
using IotGateway.Cloud.Data;
using IotGateway.Cloud.Erasure;
using IotGateway.Cloud.Ingest.Commit;
using IotGateway.Cloud.Objects;
using IotGateway.Cloud.Observations;
using IotGateway.Hosting;
using IotGateway.Hosting.Configuration;
using IotGateway.Telemetry;

namespace IotGateway.Cloud;

/// <summary>Commands on all stores of a stopped cloud, opened as the cloud opens them: a data folder's, a bucket, tables.</summary>
internal static class StoreCommands
{
    /// <summary>Options without a value; what reads the configuration would take the next word for theirs.</summary>
    private static readonly string[] Flags = ["--apply", "--verify"];

    public static async Task<int> EraseAsync(string[] args)
    {
        var named = Commands.Find(args, "--device")
            ?? throw new UsageException($"--device is missing; expected a device's identifier.\n{Commands.Usage}");
        var devices = named.Split(',').Select(DeviceId.Parse).ToHashSet();
        return await WithAsync(args, services => EraseCommand.RunAsync(
            services.GetRequiredService<Eraser>(), devices, args.Contains("--verify"), Console.Out, TimeProvider.System,
            CancellationToken.None));
    }

    public static async Task<int> RetainAsync(string[] args)
    {
        return await WithAsync(args, services =>
        {
            var command = services.GetRequiredService<RetainCommand>();
            var days = command.Words.Select(word => (Word: word, Days: Keep(args, $"--{word}-days"))).Where(w => w.Days is not null)
                .ToDictionary(w => w.Word, w => w.Days!.Value, StringComparer.Ordinal);
            return command.RunAsync(days, args.Contains("--apply"), Console.Out, CancellationToken.None);
        });
    }

    private static async Task<int> WithAsync(string[] args, Func<IServiceProvider, Task<int>> act)
    {
        var builder = Composition.CreateBuilder([.. args.Where(a => !Flags.Contains(a))]);
        builder.Logging.SetMinimumLevel(LogLevel.Warning);
        var apart = LakeOptions.Read(builder.Configuration).OnS3 && ObservationsOptions.Read(builder.Configuration).InDynamo;
        var data = apart
            ? new DataFolder(DataOptions.Read(builder.Configuration).Folder)
            : Commands.Standing(builder.Configuration["Data:Folder"]);
        using var hold = apart ? null : data.Lock();
        builder.Services.AddSingleton(data);
        builder.Services.AddSingleton(TimeProvider.System);
        builder.Services.AddDamagedStores();
        builder.AddCloud(Role.None);
        builder.AddErasure();
        await using var app = builder.Build();

        // The log of a process that was killed holds what lies nowhere else yet.
        if (!apart)
            await Rebuild.DrainLogAsync(
                data, app.Services.GetRequiredService<IObjectStore>(), app.Services.GetRequiredService<IObservations>(),
                app.Services.GetRequiredService<ILoggerFactory>());
        var code = await act(app.Services);
        await app.Services.GetRequiredService<IObservations>().FlushAsync(CancellationToken.None);
        return code;
    }

    private static int? Keep(string[] args, string name)
    {
        if (Commands.Find(args, name) is not { } text)
            return null;
        Options.Check(
            int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var days) && days is >= 1 and <= 36_500, name, text,
            "1 to 36500 days");
        return days;
    }
}
