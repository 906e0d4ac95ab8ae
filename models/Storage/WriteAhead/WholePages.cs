namespace IotGateway.Storage.WriteAhead;

/// <summary>
/// Pages as the log last has them whole, so that a later version can be written as what has changed since. Few are enough: the index pages
/// a growing collection touches again and again, and the page that one batch ends on and the next begins.
/// </summary>
internal sealed class WholePages
{
    private const byte IndexPage = 3;
    private const int PlacesAKind = 32;
    private readonly (uint Page, int Frame, int Spent)[] _places = new (uint, int, int)[2 * PlacesAKind];
    private byte[] _pages = [];

    public WholePages() => Clear();

    /// <summary>
    /// Writes what has changed of a page since it was last whole; null where it is to be written whole again: it is not here, or the
    /// changes written since, this one among them, would take more than the <paramref name="whole"/> bytes it takes itself.
    /// </summary>
    /// <param name="page">The page.</param>
    /// <param name="id">Its id.</param>
    /// <param name="whole">Bytes that it takes when written whole.</param>
    /// <param name="into">Where to write.</param>
    /// <returns>The bytes written, and the frame that has the page whole.</returns>
    public (int Bytes, int Frame)? Change(ReadOnlySpan<byte> page, uint id, int whole, Span<byte> into)
    {
        var place = Place(page, id);
        ref var kept = ref _places[place];
        if (kept.Frame < 0 || kept.Page != id || kept.Spent >= whole
            || PageChange.Write(Bytes(place), page, into[..(whole - kept.Spent)]) is not { } bytes)
            return null;
        kept.Spent += bytes;
        return (bytes, kept.Frame);
    }

    /// <summary>Notes that a frame has the page whole.</summary>
    public void Keep(ReadOnlySpan<byte> page, uint id, int frame)
    {
        if (_pages.Length == 0)
            _pages = GC.AllocateUninitializedArray<byte>(_places.Length * Frame.PageBytes);
        var place = Place(page, id);
        _places[place] = (id, frame, 0);
        page.CopyTo(Bytes(place));
    }

    public void Clear() => Array.Fill(_places, (0u, Frame.None, 0));

    /// <summary>The pages of batches, some with every commit, must not push out those of the index.</summary>
    private static int Place(ReadOnlySpan<byte> page, uint id) =>
        (int)(id % PlacesAKind) + (page[PageSlots.TypeAt] == IndexPage ? PlacesAKind : 0);

    private Span<byte> Bytes(int place) => _pages.AsSpan(place * Frame.PageBytes, Frame.PageBytes);
}
