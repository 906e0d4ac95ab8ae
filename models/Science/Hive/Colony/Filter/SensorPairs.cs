using IotGateway.Science.Hive.Colony.Sensing;

namespace IotGateway.Science.Hive.Colony.Filter;

/// <summary>
/// Sensors of one kind held against each other: the difference of their signals is of their offsets and errors alone, whatever the colony.
/// A sensor that lies too far from more than half of its fellows is doubted; of two that disagree both are, as nothing says which is wrong.
/// </summary>
internal sealed class SensorPairs
{
    /// <summary>Deviations that a difference may lie from nothing.</summary>
    private const double Farthest = 3;

    /// <summary>Days that the mean difference remembers.</summary>
    private const int MostDays = 20;

    private readonly SensorKind[] _kinds;
    private readonly (int One, int Other)[] _pairs;
    private readonly double[] _means;
    private readonly int[] _days;
    private readonly int[] _fellows;
    private readonly int[] _apart;

    public SensorPairs(SensorKind[] kinds)
    {
        _kinds = kinds;
        _pairs =
        [
            .. from one in Enumerable.Range(0, kinds.Length)
               from other in Enumerable.Range(one + 1, kinds.Length - one - 1)
               where kinds[one] == kinds[other] && kinds[one] != SensorKind.Scale
               select (one, other),
        ];
        (_means, _days) = (new double[_pairs.Length], new int[_pairs.Length]);
        (_fellows, _apart) = (new int[kinds.Length], new int[kinds.Length]);
        foreach (var (one, other) in _pairs)
        {
            _fellows[one]++;
            _fellows[other]++;
        }
    }

    /// <summary>Kinds of which a sensor is doubted at present.</summary>
    public IReadOnlyList<SensorKind> Doubted =>
        [.. Enumerable.Range(0, _kinds.Length).Where(IsDoubted).Select(s => _kinds[s]).Distinct()];

    public bool IsDoubted(int sensor) => 2 * _apart[sensor] > _fellows[sensor];

    /// <summary>Takes in a day's readings; NaN is none.</summary>
    public void Take(ReadOnlySpan<double> readings)
    {
        Array.Clear(_apart);
        for (var i = 0; i < _pairs.Length; i++)
        {
            var (one, other) = _pairs[i];
            if (!double.IsNaN(readings[one]) && !double.IsNaN(readings[other]))
            {
                _days[i] = Math.Min(_days[i] + 1, MostDays);
                var difference = Signal.Read(_kinds[one], readings[one]) - Signal.Read(_kinds[other], readings[other]);
                _means[i] += (difference - _means[i]) / _days[i];
            }

            if (_days[i] == 0)
                continue;
            var signal = Signal.Of(_kinds[one]);
            var variance = 2 * ((signal.Offset * signal.Offset) + (signal.Day * signal.Day / _days[i]));
            if (_means[i] * _means[i] > Farthest * Farthest * variance)
            {
                _apart[one]++;
                _apart[other]++;
            }
        }
    }
}
