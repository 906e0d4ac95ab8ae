using IotGateway.Storage.Disks;
using IotGateway.Storage.WriteAhead;

namespace IotGateway.Storage.Pages;

/// <summary>
/// Pages in their newest version, for reading past LiteDB: from the log where it holds them, else from the data file, where
/// neighbours come in together. A page is checked once, when it is first used; 512 of them stay, so that the delete after a read
/// finds what the read had. For one thread at a time.
/// </summary>
public sealed class PageReader
{
    private const int Places = 512;
    private const int Together = 8;
    private const long Nothing = -3;
    private const long Unchecked = -2;
    private const long FromData = -1;
    private readonly uint[] _ids = new uint[Places];
    private readonly long[] _versions = [.. Enumerable.Repeat(Nothing, Places)];
    private readonly DiskFile _data;
    private readonly PageLog _log;
    private byte[] _pages = [];

    internal PageReader(DiskFile data, PageLog log) => (_data, _log) = (data, log);

    /// <summary>The page as the last transaction left it. The bytes stay until the next call.</summary>
    /// <param name="id">The page's number, from 0.</param>
    /// <returns>Its 8,192 bytes.</returns>
    /// <exception cref="PageDamagedException">It does not match its checksum.</exception>
    public ReadOnlySpan<byte> Latest(uint id)
    {
        var frame = _log.Latest(id);
        var version = frame < 0 ? FromData : Version(frame);
        var place = (int)(id % Places);
        if (_ids[place] == id && _versions[place] == version)
            return Page(place);
        if (_pages.Length == 0)
            _pages = GC.AllocateUninitializedArray<byte>(Places * Frame.PageBytes);
        if (frame >= 0)
        {
            _versions[place] = Nothing;
            _log.Read(frame, Page(place));
        }
        else
        {
            if (_ids[place] != id || _versions[place] != Unchecked)
                ReadTogether(id);
            if (_versions[place] != Unchecked || !DataStream.IsWhole(id, Page(place)))
            {
                _versions[place] = Nothing;
                throw DataStream.Damaged(id);
            }
        }

        (_ids[place], _versions[place]) = (id, version);
        return Page(place);
    }

    /// <summary>Copies a page of the data file if it is here; one in the log is none.</summary>
    internal bool TryCopyData(uint id, Span<byte> page) => TryCopy(id, FromData, page);

    /// <summary>Copies the page of a log's frame if it is here.</summary>
    internal bool TryCopyFrame(int index, Span<byte> page) => TryCopy(_log.PageOf(index), Version(index), page);

    /// <summary>The data file's page is about to change.</summary>
    internal void Forget(uint id)
    {
        if (_ids[id % Places] == id)
            _versions[id % Places] = Nothing;
    }

    private long Version(int frame) => ((long)_log.Generation << 32) | (uint)frame;

    private bool TryCopy(uint id, long version, Span<byte> page)
    {
        var place = (int)(id % Places);
        if (_ids[place] != id || _versions[place] != version)
            return false;
        Page(place).CopyTo(page);
        return true;
    }

    private void ReadTogether(uint id)
    {
        var first = id / Together * Together;
        var place = (int)(first % Places);
        var whole = _data.Read(_pages.AsSpan(place * Frame.PageBytes, Together * Frame.PageBytes), (long)first * Frame.PageBytes)
            / Frame.PageBytes;
        for (var i = 0; i < Together; i++)
            (_ids[place + i], _versions[place + i]) = (first + (uint)i, i < whole ? Unchecked : Nothing);
    }

    private Span<byte> Page(int place) => _pages.AsSpan(place * Frame.PageBytes, Frame.PageBytes);
}
