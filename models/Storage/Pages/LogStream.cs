using IotGateway.Storage.WriteAhead;

namespace IotGateway.Storage.Pages;

/// <summary>The log as LiteDB sees it: a stream of whole pages.</summary>
internal sealed class LogStream(PageLog log, PageReader pages) : PageStream
{
    private LogWindow? _window;

    /// <summary>
    /// While a checkpoint runs frames are read in large pieces, and one that a later frame replaces not at all: LiteDB gets a page of
    /// no transaction, which it leaves alone.
    /// </summary>
    public bool InCheckpoint
    {
        set => _window = value ? log.Window() : null;
    }

    /// <summary>The index of the page read last; the checkpoint reads a page and at once writes it to the data file.</summary>
    public int LastRead { get; private set; } = -1;

    public override long Length => (long)log.Count * Frame.PageBytes;

    /// <summary>Nothing to do: the buffer syncs once a commit, when the whole of it is here.</summary>
    public override void Flush()
    {
    }

    /// <summary>LiteDB empties the log at the end of a checkpoint, after the data file's flush.</summary>
    public override void SetLength(long value)
    {
        if (value != 0)
            throw new NotSupportedException("The log is only ever begun again.");
        LastRead = -1;
        log.Restart();
    }

    protected override void ReadPage(Span<byte> page)
    {
        LastRead = (int)(Position / Frame.PageBytes);
        if (_window is not null && log.Latest(log.PageOf(LastRead)) != LastRead)
            page.Clear();
        else if (!pages.TryCopyFrame(LastRead, page))
            log.Read(LastRead, page, _window);
    }

    protected override void WritePage(ReadOnlySpan<byte> page)
    {
        if (Position != Length)
            throw new NotSupportedException("The log is only ever appended to.");
        log.Append(page);
    }
}
