using System.Globalization;
using IotGateway.Storage.Files;

namespace IotGateway.Storage.Documents;

/// <summary>
/// The exchange of a document file that cannot be read for a new one: the old one stays under a name with the time, the newest three of
/// them.
/// </summary>
public static class DamagedFile
{
    private const int MostAside = 3;

    /// <summary>Opens what stands on a file; one that is damaged is set aside and a new one begun.</summary>
    /// <typeparam name="T">A store on a <see cref="DocumentFile"/>.</typeparam>
    /// <param name="file">The file's path.</param>
    /// <param name="open">Opens the store and reads in it what shows damage; throws where it cannot, and closes the file then.</param>
    /// <param name="time">The clock of the name.</param>
    /// <param name="replaced">Told why, and the old file's new name.</param>
    /// <returns>The store.</returns>
    /// <exception cref="IOException">The system refused to read or write (a full disk, no descriptors left): the file may be whole and
    /// stays.</exception>
    public static T Replace<T>(string file, Func<T> open, TimeProvider time, Action<string, string> replaced)
    {
        ArgumentNullException.ThrowIfNull(open);
        ArgumentNullException.ThrowIfNull(replaced);
        try
        {
            return File.Exists(MarkOf(file)) ? throw new DocumentDamageException("it failed while it was used") : open();
        }
        catch (Exception e) when (IsDamage(e))
        {
            if (SetAside(file, time) is { } aside)
                replaced(e.Message, aside);
            File.Delete(MarkOf(file));
            return open();
        }
    }

    /// <summary>
    /// Notes what a use of the store threw, so that the next <see cref="Replace"/> sets it aside, whatever opening it shows. Not for what
    /// opening finds by itself.
    /// </summary>
    /// <param name="file">The file's path.</param>
    /// <param name="exception">What was thrown.</param>
    public static void Suspect(string file, Exception exception)
    {
        if (exception is DocumentDamageException)
            return;
        try
        {
            DurableFile.Write(MarkOf(file), []);
        }
        catch (Exception e) when (e.IsFromDisk())
        {
            // Without the note the next start has what opening shows, and the next use finds it again.
        }
    }

    /// <summary>Moves a file and its journal out of the way, kept under a new name.</summary>
    /// <param name="file">The file's path; it must be closed.</param>
    /// <param name="time">The clock of the name.</param>
    /// <returns>The new name; null when there is neither.</returns>
    public static string? SetAside(string file, TimeProvider time)
    {
        ArgumentNullException.ThrowIfNull(time);
        var journal = JournaledFile.JournalOf(file);
        if (!File.Exists(file) && !File.Exists(journal))
            return null;

        // The journal last: alone it tells the next start that this was cut off.
        var aside = string.Create(CultureInfo.InvariantCulture, $"{file}.{time.GetUtcNow():yyyyMMdd'T'HHmmssfff}.aside");
        if (File.Exists(file))
            File.Move(file, aside);
        if (File.Exists(journal))
            File.Move(journal, $"{aside}-log");

        // The time in their names is their order.
        var all = Directory.EnumerateFiles(Path.GetDirectoryName(aside)!, $"{Path.GetFileName(file)}.*.aside")
            .Order(StringComparer.Ordinal)
            .ToList();
        foreach (var old in all.SkipLast(MostAside))
            Discard(old);
        return aside;
    }

    /// <summary>Deletes what <see cref="SetAside"/> kept.</summary>
    /// <param name="aside">The name it gave.</param>
    public static void Discard(string aside)
    {
        File.Delete(aside);
        File.Delete($"{aside}-log");
    }

    private static string MarkOf(string file) => $"{file}.suspect";

    /// <summary>
    /// Does what reading a store threw show that its file is damaged? A damaged LiteDB file fails in any way, a null reference among them;
    /// one that ends too early is no refusal of the system's.
    /// </summary>
    /// <param name="exception">What was thrown.</param>
    /// <returns>False for a disk's answer, want of memory, and a use given up or after the end.</returns>
    public static bool IsDamage(Exception exception) => exception is EndOfStreamException
        || (!exception.IsFromDisk() && exception is not (OutOfMemoryException or OperationCanceledException or ObjectDisposedException));
}
