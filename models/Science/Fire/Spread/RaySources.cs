using System.Runtime.InteropServices;

namespace IotGateway.Science.Fire.Spread;

/// <summary>
/// The points that rays start from: ignitions, the front's own points when the weather changes, and cells at
/// which the quickest path bends.
/// </summary>
internal sealed class RaySources
{
    private Source[] _sources = new Source[256];
    private int _count;

    public void Clear() => _count = 0;

    public ref readonly Source this[int index] => ref _sources[index];

    public int Add(in Source source)
    {
        if (_count == _sources.Length)
            Array.Resize(ref _sources, _count * 2);
        _sources[_count] = source;
        return _count++;
    }
}

/// <summary>One starting point, in columns and rows of cell centres, with the minute the fire is there.</summary>
/// <param name="Column">Column, with its fraction.</param>
/// <param name="Row">Row, with its fraction.</param>
/// <param name="Minute">Minute of the fire at this point.</param>
/// <param name="Epoch">Epoch of the weather from this minute on.</param>
/// <param name="For">The cell on whose way the point lies.</param>
/// <param name="Reached">Minute at which the fire on this way is in that cell.</param>
[StructLayout(LayoutKind.Auto)]
internal readonly record struct Source(double Column, double Row, double Minute, int Epoch, int For, float Reached);
