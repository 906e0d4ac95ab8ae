using System.Buffers.Binary;
using System.Runtime.InteropServices;
using IotGateway.Storage.WriteAhead;
using LiteDB;

namespace IotGateway.Storage.Pages;

/// <summary>
/// Finds a document by its key (a long) in LiteDB's primary index and reads its bytes, page by page, without LiteDB: its queries copy
/// each page and each document twice. It only answers what it has checked; whatever looks otherwise than expected is "not found",
/// and the caller asks LiteDB.
/// </summary>
/// <param name="pages">The pages.</param>
/// <param name="collection">The collection's name.</param>
/// <remarks>
/// LiteDB 5's file: the first page names the collections; a collection's page names its indexes, the primary one first; an index is a
/// skip list of nodes (slot, levels, the document's address, the next node of the same document, then previous and next for each
/// level, then the key); a document is a chain of blocks (extends, next block, bytes).
/// </remarks>
public sealed class DocumentFinder(PageReader pages, string collection)
{
    private const int CollectionsAt = 192;
    private const int IndexesAt = 96;
    private const byte CollectionPage = 2;
    private const byte IndexPage = 3;
    private const byte DataPage = 4;
    private const int LevelsAt = 1;
    private const int DocumentAt = 2;
    private const int LinksAt = 12;
    private const int TopLevel = 31;
    private const int KeyBytes = 9;
    private const byte LongKey = (byte)BsonType.Int64;
    private const int BlockHeaderBytes = 6;
    private const int MostSteps = 1 << 12;
    private PageAddress _head = PageAddress.Empty;
    private PageAddress _next = PageAddress.Empty;

    /// <summary>
    /// The address of a document's first block; null when this does not find it. Keys asked for in order are found in one step.
    /// </summary>
    /// <param name="key">The document's <c>_id</c>.</param>
    /// <returns>The block's address.</returns>
    public PageAddress? Find(long key)
    {
        var node = Node(_next) is { } expected && expected.Key == key ? expected : Search(key);
        _next = node?.Next ?? PageAddress.Empty;
        return node?.Document;
    }

    /// <summary>The bytes of one block and the address of the next; false where it is no such block.</summary>
    /// <param name="address">The block's address.</param>
    /// <param name="extends">False for a document's first block, true for those that follow.</param>
    /// <param name="bytes">Its bytes; they stay until the next call.</param>
    /// <param name="next">The next block's address, <see cref="PageAddress.Empty"/> behind the last.</param>
    /// <returns>True where there is such a block.</returns>
    public bool TryReadBlock(PageAddress address, bool extends, out ReadOnlySpan<byte> bytes, out PageAddress next)
    {
        var block = Segment(address, DataPage);
        if (block.Length <= BlockHeaderBytes || (block[0] != 0) != extends)
        {
            bytes = default;
            next = default;
            return false;
        }

        bytes = block[BlockHeaderBytes..];
        next = PageAddress.Read(block[1..]);
        return true;
    }

    private Found? Search(long key)
    {
        if (_head == PageAddress.Empty)
            _head = Head();
        var at = _head;
        var steps = 0;
        for (var level = TopLevel; level >= 0; level--)
        {
            while (Link(at, level) is var next && next != PageAddress.Empty && steps++ < MostSteps)
            {
                if (Node(next) is not { } node || node.Key > key)
                    break;
                if (node.Key == key)
                    return node;
                at = next;
            }
        }

        return null;
    }

    /// <summary>The node at an address; null at the list's ends, whose keys are no numbers.</summary>
    private Found? Node(PageAddress address)
    {
        var node = Segment(address, IndexPage);
        if (node.Length < LinksAt)
            return null;
        var keyAt = LinksAt + (node[LevelsAt] * 2 * PageAddress.Bytes);
        if (node[LevelsAt] == 0 || node.Length < keyAt + KeyBytes || node[keyAt] != LongKey)
            return null;
        return new(
            BinaryPrimitives.ReadInt64LittleEndian(node[(keyAt + 1)..]), PageAddress.Read(node[DocumentAt..]),
            PageAddress.Read(node[(LinksAt + PageAddress.Bytes)..]));
    }

    private PageAddress Link(PageAddress address, int level)
    {
        var node = Segment(address, IndexPage);
        var at = LinksAt + (((level * 2) + 1) * PageAddress.Bytes);
        return node.Length < at + PageAddress.Bytes || level >= node[LevelsAt] ? PageAddress.Empty : PageAddress.Read(node[at..]);
    }

    private ReadOnlySpan<byte> Segment(PageAddress address, byte type)
    {
        if (address == PageAddress.Empty)
            return default;
        var page = pages.Latest(address.Page);
        return page[PageSlots.TypeAt] == type ? PageSlots.Segment(page, address.Slot) : default;
    }

    private PageAddress Head()
    {
        var names = BsonSerializer.Deserialize(pages.Latest(0)[CollectionsAt..].ToArray());
        if (!names[collection].IsInt32)
            return PageAddress.Empty;
        var page = pages.Latest((uint)names[collection].AsInt32);
        if (page[PageSlots.TypeAt] != CollectionPage || page[IndexesAt] == 0)
            return PageAddress.Empty;

        // Count, slot, type; name and expression end with a zero each; unique; then the head's address.
        var index = page[(IndexesAt + 3)..];
        if (!index.StartsWith("_id\0$._id\0"u8))
            return PageAddress.Empty;
        return PageAddress.Read(index[("_id\0$._id\0"u8.Length + 1)..]);
    }

    [StructLayout(LayoutKind.Auto)]
    private readonly record struct Found(long Key, PageAddress Document, PageAddress Next);
}
