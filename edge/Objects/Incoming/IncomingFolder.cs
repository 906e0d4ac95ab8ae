using System.Text;
using IotGateway.Storage.Files;

namespace IotGateway.Edge.Objects.Incoming;

/// <summary>
/// Takes up the files that other processes (a camera, a drone's dock) rename into the drop folder; those in its folder <c>urgent</c> go
/// ahead. A file is taken when its name says that it is finished and nothing was written to it for a moment: it is renamed into a folder
/// of the gateway's own, where nobody can exchange it, opened there once, looked at and read by that handle.
/// </summary>
internal sealed class IncomingFolder : BackgroundService
{
    /// <summary>The time that a file must have lain still: for writers that do not rename.</summary>
    public static readonly TimeSpan Still = TimeSpan.FromSeconds(3);

    private const string Urgent = "urgent";

    /// <summary>Bytes of a name: one of 255 would leave no room for what is added to it.</summary>
    private const int LongestName = 235;

    private static readonly TimeSpan Every = TimeSpan.FromSeconds(1);
    private readonly string _folder;
    private readonly string _urgent;
    private readonly string _taking;
    private readonly ObjectOutbox _outbox;
    private readonly ObjectStatus _book;
    private readonly TimeProvider _time;
    private readonly ILogger<IncomingFolder> _log;

    public IncomingFolder(string folder, ObjectOutbox outbox, ObjectStatus book, TimeProvider time, ILogger<IncomingFolder> log)
    {
        (_folder, _urgent, _outbox, _book, _time, _log) = (folder, Path.Combine(folder, Urgent), outbox, book, time, log);
        _taking = Path.Combine(Path.GetDirectoryName(Path.GetFullPath(folder))!, "taking");
        Directory.CreateDirectory(_urgent);
        DurableFile.CreateFolder(Path.Combine(_taking, Urgent));
    }

    /// <summary>Takes up what is finished; answers how many files.</summary>
    public async Task<int> TakeUpAsync(CancellationToken cancellation)
    {
        var taken = 0;
        string? trouble = null;
        foreach (var urgent in new[] { true, false })
        {
            var taking = urgent ? Path.Combine(_taking, Urgent) : _taking;
            foreach (var path in Files(taking, ref trouble))
                taken += await GuardedAsync(path, taking, () => AdoptAsync(path, urgent, cancellation)) ? 1 : 0;
            var folder = urgent ? _urgent : _folder;
            SetOddNamesAside(folder, ref trouble);
            foreach (var path in Files(folder, ref trouble))
                taken += await GuardedAsync(path, taking, () => TakeUpAsync(path, urgent, taking, cancellation)) ? 1 : 0;
        }

        _book.Incoming(trouble);
        return taken;

        async Task<bool> GuardedAsync(string path, string taking, Func<Task<bool>> take)
        {
            try
            {
                return await take();
            }
            catch (FileNotFoundException)
            {
                // Its owner took it back meanwhile.
                return false;
            }
            catch (Exception e) when (e.IsFromDisk())
            {
                var folder = File.Exists(path) ? Path.GetDirectoryName(path) : taking;
                trouble ??= $"{Path.GetFileName(path)} stays in {folder}: {e.Message}";
                if (_book.State.IncomingTrouble is null)
                    _log.NotTaken(Path.GetFileName(path), e.Message);
                return false;
            }
        }
    }

    /// <summary>Names that cannot be said, or leave no room for an addition, are set aside under one that can be read.</summary>
    private void SetOddNamesAside(string folder, ref string? trouble)
    {
        try
        {
            foreach (var name in SharedFolder.OddNames(folder, LongestName))
            {
                var shown = IncomingName.Shown(name);
                if (!IncomingName.IsUnfinished(shown))
                    _outbox.RefuseOdd(folder, name, shown, $"Its name is no UTF-8, or has more than {LongestName} bytes: {shown}");
            }
        }
        catch (Exception e) when (e.IsFromDisk())
        {
            trouble ??= $"A file whose name is no UTF-8 or too long stays in the drop folder: {e.Message}";
        }
    }

    private static string[] Files(string folder, ref string? trouble)
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

    /// <summary>Renames a file of the drop folder to where nobody can exchange it, and takes it from there.</summary>
    private async Task<bool> TakeUpAsync(string path, bool urgent, string taking, CancellationToken cancellation)
    {
        if (FileFacts.Of(path) is not { } facts || (facts.IsRegular && !LiesStill(facts)))
            return false;
        var name = Path.GetFileName(path);
        if ((DropFault.Of(facts, IsShared(urgent)) ?? IncomingName.Fault(name, facts.Written, urgent)) is { } reason)
            return Refused(path, reason);
        _outbox.MakeRoomFor(facts.Bytes);
        var own = Path.Combine(taking, name);
        if (Path.Exists(own))
            return false;

        // What may not be read is left where its owner can still mend its mode.
        SharedFolder.OpenItself(path).Dispose();
        SharedFolder.Move(Path.GetDirectoryName(path)!, Encoding.UTF8.GetBytes(name), own);
        return await AdoptAsync(own, urgent, cancellation);
    }

    /// <summary>Takes a file that lies in the gateway's own folder, and may yet be another than was looked at before.</summary>
    private async Task<bool> AdoptAsync(string path, bool urgent, CancellationToken cancellation)
    {
        if (FileFacts.Of(path) is { IsRegular: false } odd)
            return Refused(path, DropFault.Of(odd, IsShared(urgent))!);
        using var file = SharedFolder.OpenItself(path);
        var facts = FileFacts.Of(file);
        if (DropFault.Of(facts, IsShared(urgent)) is { } reason)
            return Refused(path, reason);
        if (!LiesStill(facts))
            return false;
        if (IncomingName.Fault(Path.GetFileName(path), facts.Written, urgent) is { } bad)
            return Refused(path, bad);
        await _outbox.AdoptAsync(path, file, IncomingName.Parse(Path.GetFileName(path), facts.Written, urgent), cancellation);
        return true;
    }

    private bool LiesStill(FileFacts facts) => (_time.GetUtcNow() - facts.Written).Duration() >= Still;

    private bool IsShared(bool urgent) => FileFacts.Of(urgent ? _urgent : _folder) is { IsWritableToOthers: true };

    private bool Refused(string path, string reason)
    {
        _outbox.RefuseFile(path, reason);
        return false;
    }
}
