using IotGateway.Storage.Files;

namespace IotGateway.Edge.Objects.Incoming;

/// <summary>
/// Takes up the files that other processes (a camera, a drone's dock) rename into the drop folder; those in its folder <c>urgent</c> go
/// ahead. A file is taken when its name says that it is finished and nothing was written to it for a moment.
/// </summary>
internal sealed class IncomingFolder : BackgroundService
{
    /// <summary>The time that a file must have lain still: for writers that do not rename.</summary>
    public static readonly TimeSpan Still = TimeSpan.FromSeconds(3);

    private static readonly TimeSpan Every = TimeSpan.FromSeconds(1);
    private readonly string _folder;
    private readonly string _urgent;
    private readonly ObjectOutbox _outbox;
    private readonly ObjectStatus _book;
    private readonly TimeProvider _time;
    private readonly ILogger<IncomingFolder> _log;

    public IncomingFolder(string folder, ObjectOutbox outbox, ObjectStatus book, TimeProvider time, ILogger<IncomingFolder> log)
    {
        (_folder, _urgent, _outbox, _book, _time, _log) = (folder, Path.Combine(folder, "urgent"), outbox, book, time, log);
        Directory.CreateDirectory(_urgent);
    }

    /// <summary>Takes up what is finished; answers how many files.</summary>
    public async Task<int> TakeUpAsync(CancellationToken cancellation)
    {
        var taken = 0;
        string? trouble = null;
        foreach (var (folder, urgent) in new[] { (_urgent, true), (_folder, false) })
        {
            foreach (var path in Finished(folder, ref trouble))
            {
                try
                {
                    taken += await TakeUpAsync(new FileInfo(path), urgent, cancellation) ? 1 : 0;
                }
                catch (Exception e) when (e.IsFromDisk())
                {
                    trouble ??= $"{Path.GetFileName(path)} stays in the drop folder: {e.Message}";
                    if (_book.State.IncomingTrouble is null)
                        _log.NotTaken(Path.GetFileName(path), e.Message);
                }
            }
        }

        _book.Incoming(trouble);
        return taken;
    }

    private static string[] Finished(string folder, ref string? trouble)
    {
        try
        {
            // Who empties the folder may take the one for what is urgent along.
            Directory.CreateDirectory(folder);
            return
            [
                .. Directory.EnumerateFiles(folder)
                    .Where(p => !IncomingName.IsUnfinished(Path.GetFileName(p)))
                    .Order(StringComparer.Ordinal),
            ];
        }
        catch (Exception e) when (e.IsFromDisk())
        {
            trouble ??= $"The drop folder cannot be read: {e.Message}";
            return [];
        }
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(Every, _time);
        try
        {
            do
            {
                await TakeUpAsync(stoppingToken);
            }
            while (await timer.WaitForNextTickAsync(stoppingToken));
        }
        catch (OperationCanceledException)
        {
            // Stopping; what was not taken up waits in its folder.
        }
    }

    private async Task<bool> TakeUpAsync(FileInfo file, bool urgent, CancellationToken cancellation)
    {
        if (file.LinkTarget is not null)
            return Refused(file, "It is a link; expected a file.");
        var written = new DateTimeOffset(file.LastWriteTimeUtc);
        if (!file.Exists || (_time.GetUtcNow() - written).Duration() < Still)
            return false;
        if (file.Length == 0)
            return Refused(file, "It is empty.");
        ObjectLabel label;
        try
        {
            label = IncomingName.Parse(file.Name, written, urgent);
        }
        catch (FormatException e)
        {
            return Refused(file, e.Message);
        }

        await _outbox.AdoptAsync(file.FullName, label, cancellation);
        return true;
    }

    private bool Refused(FileInfo file, string reason)
    {
        _outbox.RefuseFile(file.FullName, reason);
        return false;
    }
}
