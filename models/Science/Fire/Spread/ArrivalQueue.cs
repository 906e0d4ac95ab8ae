namespace IotGateway.Science.Fire.Spread;

/// <summary>
/// Cells waiting to burn, and sources (as the complement of their index) waiting to radiate, in buckets of equal time, first in first out
/// within one: constant cost however long the front is. What arrives for a bucket already passed goes into the present one.
/// </summary>
internal sealed class ArrivalQueue(int buckets)
{
    private readonly int[] _head = Filled(buckets);
    private readonly int[] _tail = new int[buckets];
    private int[] _cell = new int[1024];
    private float[] _minute = new float[1024];
    private int[] _next = new int[1024];
    private int _free = -1;
    private int _used;
    private int _present;
    private double _perMinute;

    public void Start(double horizonMinutes)
    {
        Array.Fill(_head, -1);
        _free = -1;
        _used = 0;
        _present = 0;
        _perMinute = _head.Length / (horizonMinutes * 1.000001);
    }

    public void Push(int cell, float minute)
    {
        var bucket = Math.Max((int)(minute * _perMinute), _present);
        var entry = Take();
        _cell[entry] = cell;
        _minute[entry] = minute;
        _next[entry] = -1;
        if (_head[bucket] < 0)
            _head[bucket] = entry;
        else
            _next[_tail[bucket]] = entry;
        _tail[bucket] = entry;
    }

    public bool TryPop(out int cell, out float minute)
    {
        while (_present < _head.Length)
        {
            var entry = _head[_present];
            if (entry >= 0)
            {
                _head[_present] = _next[entry];
                _next[entry] = _free;
                _free = entry;
                cell = _cell[entry];
                minute = _minute[entry];
                return true;
            }

            _present++;
        }

        cell = 0;
        minute = 0;
        return false;
    }

    private int Take()
    {
        if (_free >= 0)
        {
            var entry = _free;
            _free = _next[entry];
            return entry;
        }

        if (_used == _cell.Length)
        {
            Array.Resize(ref _cell, _used * 2);
            Array.Resize(ref _minute, _used * 2);
            Array.Resize(ref _next, _used * 2);
        }

        return _used++;
    }

    private static int[] Filled(int length)
    {
        var heads = new int[length];
        Array.Fill(heads, -1);
        return heads;
    }
}
