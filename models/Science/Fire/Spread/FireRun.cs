using System.Runtime.InteropServices;
using IotGateway.Science.Fire.Ground;

namespace IotGateway.Science.Fire.Spread;

/// <summary>
/// Minimum travel time with any-angle rays. A cell's arrival is that of the quickest straight line from a
/// source cell, and neighbours take over each other's sources; a cell becomes a source itself where the ground
/// or the weather changes and the quickest path may bend. See docs/science/fire.md for why not wavelets.
/// </summary>
internal sealed class FireRun(Landscape landscape)
{
    private static readonly (int Right, int Down)[] Neighbours = [(1, 0), (-1, 0), (0, 1), (0, -1), (1, 1), (1, -1), (-1, 1), (-1, -1)];

    /// <summary>The directions a new source looks in: all within three cells, so that a narrow head is not missed.</summary>
    private static readonly (int Right, int Down)[] Star = [.. Directions(3)];

    /// <summary>The directions a point of the front looks in, where others look beside it.</summary>
    private static readonly (int Right, int Down)[] FrontStar = [.. Directions(2)];

    /// <summary>
    /// Epochs of the weather that a straight line may run through before it must start again from the front. The
    /// straight line is the quickest while wind and slope keep their direction; points of the front are at most a
    /// cell apart, and what lies between their ellipses is lost at each start.
    /// </summary>
    private const int SourceLife = 4;

    private readonly int _columns = landscape.Frame.Columns;
    private readonly int _rows = landscape.Frame.Rows;
    private readonly ushort[] _classOf = landscape.ClassOf;
    private readonly float[] _arrival = Never(landscape.Frame.Cells);
    private readonly int[] _source = new int[landscape.Frame.Cells];
    private readonly RaySources _sources = new();
    private readonly ArrivalQueue _queue = new(8192);
    private readonly List<int> _burnt = [];
    private WaveletTable _wavelets = null!;

    /// <summary>The cells that burnt, in no particular order.</summary>
    public ReadOnlySpan<int> Burnt => CollectionsMarshal.AsSpan(_burnt);

    /// <summary>Minute at which a cell burnt; infinite where it did not.</summary>
    public ReadOnlySpan<float> Arrival => _arrival;

    /// <summary>Burns from the cells given, all alight at minute 0, to the end of the weather.</summary>
    public void Burn(IReadOnlyList<int> alight, WaveletTable wavelets, CancellationToken cancellation)
    {
        foreach (var cell in _burnt)
            _arrival[cell] = float.PositiveInfinity;
        _burnt.Clear();
        _wavelets = wavelets;
        _queue.Start(wavelets.HorizonMinutes);
        _sources.Clear();
        foreach (var cell in alight)
        {
            if (!wavelets.Burns(_classOf[cell]))
                continue;
            var source = _sources.Add(AtCentre(cell, 0));
            Improve(cell, 0, source);
            _queue.Push(~source, 0);
        }

        var looked = 0;
        while (_queue.TryPop(out var item, out var minute))
        {
            if (item < 0)
                RadiateIfFirst(~item);
            else if (minute <= _arrival[item])
                Expand(item, minute);
            if ((++looked & 0xFFFF) == 0)
                cancellation.ThrowIfCancellationRequested();
        }
    }

    /// <summary>A point of the front counts while no quicker way to its cell has been found, which then has a point of its own.</summary>
    private void RadiateIfFirst(int source)
    {
        if (_arrival[_sources[source].For] == _sources[source].Reached)
            Radiate(source, _sources[source].Epoch == 0 ? Star : FrontStar);
    }

    /// <summary>Offers the cell's source to its neighbours, or the cell itself where its source reaches no further.</summary>
    private void Expand(int cell, float minute)
    {
        var source = _source[cell];
        var bends = _wavelets.EpochAt(minute) - _sources[source].Epoch >= SourceLife;
        var (row, column) = Math.DivRem(cell, _columns);
        foreach (var (right, down) in Neighbours)
        {
            // A source never changes, so a neighbour that has it already would hear the same again.
            if (!bends && TryNeighbour(column + right, row + down, out var next) && _arrival[next] > minute
                && (_source[next] != source || float.IsPositiveInfinity(_arrival[next])))
                bends |= !Hand(next, source, cell, minute);
        }

        if (bends)
            Radiate(AtCentre(cell, minute));
    }

    /// <summary>Answers false where the source is too far, through mixed ground, to be followed.</summary>
    private bool Hand(int next, int source, int cell, float minute)
    {
        var ray = new Ray(landscape, _wavelets, _sources[source], next);
        if (ray.AllAlike())
        {
            OfferAlike(next, source, ray);
            return true;
        }

        if (ray.Steps > Ray.LongestMixed)
            return false;
        Offer(next, ray.ArrivalMixed(), source);
        var step = new Ray(landscape, _wavelets, AtCentre(cell, minute), next).ArrivalMixed();
        if ((float)step < _arrival[next])
            Offer(next, step, _sources.Add(AtCentre(cell, minute)));
        return true;
    }

    private void Radiate(in Source source) => Radiate(_sources.Add(source), Star);

    private void Radiate(int source, (int Right, int Down)[] star)
    {
        var from = _sources[source];
        var (row, column) = ((int)Math.Floor(from.Row + 0.5), (int)Math.Floor(from.Column + 0.5));
        foreach (var (right, down) in star)
        {
            if (!TryNeighbour(column + right, row + down, out var next) || _arrival[next] <= from.Minute)
                continue;
            var ray = new Ray(landscape, _wavelets, from, next);
            if (ray.AllAlike())
                OfferAlike(next, source, ray);
            else
                Offer(next, ray.ArrivalMixed(), source);
        }
    }

    /// <summary>
    /// Offers a line of like ground. Where the weather changes just before its end, the point the fire has reached
    /// by then is a point of the front, from which the fire goes on in every direction.
    /// </summary>
    private void OfferAlike(int next, int source, in Ray ray)
    {
        var (minute, epoch, shareLeft) = ray.ArrivalAlike();
        // Compared as it will be kept: a gain lost to rounding would be offered for ever.
        var kept = (float)minute;
        if (!(kept < _arrival[next] && kept <= _wavelets.HorizonMinutes))
            return;
        var age = epoch - _sources[source].Epoch;
        var justPassed = age > 0 && shareLeft * ray.Reach <= 1;
        if (!justPassed && age < SourceLife)
        {
            Improve(next, kept, source);
            return;
        }

        var (column, row) = ray.Before(shareLeft);
        var change = _wavelets.EndOfEpoch[epoch - 1];
        var front = _sources.Add(new Source(column, row, change, epoch, next, kept));
        Improve(next, kept, age < SourceLife ? source : front);
        _queue.Push(~front, (float)change);
    }

    private void Offer(int next, double arrival, int source)
    {
        var kept = (float)arrival;
        if (kept < _arrival[next] && kept <= _wavelets.HorizonMinutes)
            Improve(next, kept, source);
    }

    private void Improve(int cell, float minute, int source)
    {
        if (float.IsPositiveInfinity(_arrival[cell]))
            _burnt.Add(cell);
        _arrival[cell] = minute;
        _source[cell] = source;
        _queue.Push(cell, minute);
    }

    private Source AtCentre(int cell, float minute) =>
        new(cell % _columns, cell / _columns, minute, _wavelets.EpochAt(minute), cell, minute);

    private bool TryNeighbour(int column, int row, out int next)
    {
        next = row * _columns + column;
        return (uint)column < (uint)_columns && (uint)row < (uint)_rows && _wavelets.Burns(_classOf[next]);
    }

    private static IEnumerable<(int Right, int Down)> Directions(int reach)
    {
        for (var right = -reach; right <= reach; right++)
        {
            for (var down = -reach; down <= reach; down++)
            {
                if (GreatestCommonDivisor(Math.Abs(right), Math.Abs(down)) == 1)
                    yield return (right, down);
            }
        }
    }

    private static int GreatestCommonDivisor(int one, int other) => other == 0 ? one : GreatestCommonDivisor(other, one % other);

    private static float[] Never(int cells)
    {
        var never = new float[cells];
        Array.Fill(never, float.PositiveInfinity);
        return never;
    }
}
