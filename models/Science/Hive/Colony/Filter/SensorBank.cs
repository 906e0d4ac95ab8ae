using IotGateway.Science.Hive.Colony.Model;
using IotGateway.Science.Hive.Colony.Sensing;
using IotGateway.Science.Hive.Colony.Weather;

namespace IotGateway.Science.Hive.Colony.Filter;

/// <summary>Sensors of a hive but its scale: how far their offsets are known, and the likelihood of their day.</summary>
internal sealed class SensorBank
{
    /// <summary>Deviations beyond which a reading is of something else than the colony.</summary>
    private const double Beyond = 6;

    /// <summary>Most sensors of a hive.</summary>
    public const int Most = 12;

    private readonly SensorKind[] _kinds;
    private readonly double[] _variances;
    private readonly SensorPairs _pairs;
    private readonly LogNumbers[] _logs;
    private readonly double[] _off;

    public SensorBank(SensorKind[] kinds, int particles)
    {
        _kinds = kinds;
        _variances = [.. kinds.Select(k => Signal.Of(k).Offset).Select(o => o * o)];
        _pairs = new SensorPairs(kinds);
        (_logs, _off) = (new LogNumbers[particles], new double[particles]);
        Offsets = [.. kinds.Select(_ => new double[particles])];
    }

    /// <summary>Readings that no colony explains, left out.</summary>
    public int SetAside { get; private set; }

    /// <summary>
    /// Expected offset of each sensor, by particle: known exactly once the colony is, so that none is drawn (Rao-Blackwell).
    /// </summary>
    public double[][] Offsets { get; }

    /// <summary>Kinds of which sensors disagree; those do not count while they do.</summary>
    public IReadOnlyList<SensorKind> Disagreeing => _pairs.Doubted;

    /// <summary>Adds the logarithm of the likelihood of a day's readings to each particle's weight; NaN is no reading.</summary>
    public void Weigh(ReadOnlySpan<ColonyState> colonies, in ColonyWeather weather, ReadOnlySpan<double> readings, double[] logs)
    {
        for (var i = 0; i < colonies.Length; i++)
            _logs[i] = Signal.Logs(colonies[i]);
        var logFlight = Signal.LogFlight(weather);
        _pairs.Take(readings);
        for (var sensor = 0; sensor < _kinds.Length; sensor++)
        {
            if (_kinds[sensor] == SensorKind.Scale)
                continue;
            _variances[sensor] += Signal.Drift * Signal.Drift;
            if (!double.IsNaN(readings[sensor]) && !_pairs.IsDoubted(sensor))
                Weigh(logFlight, sensor, Signal.Read(_kinds[sensor], readings[sensor]), logs);
        }
    }

    /// <summary>Gives each particle what was learnt of the offsets by the one it descends from.</summary>
    public void Follow(ReadOnlySpan<int> ancestors)
    {
        foreach (var offsets in Offsets)
            Descent.Follow<double>(offsets, ancestors);
    }

    private void Weigh(double logFlight, int sensor, double signal, double[] logs)
    {
        var (kind, offsets) = (_kinds[sensor], Offsets[sensor]);
        var (sum, squares) = (0.0, 0.0);
        for (var i = 0; i < offsets.Length; i++)
        {
            var off = signal - Signal.Expected(kind, _logs[i], logFlight) - offsets[i];
            _off[i] = off;
            sum += off;
            squares += off * off;
        }

        if (double.IsNaN(sum))
            return;
        var day = Signal.Of(kind).Day;
        var variance = _variances[sensor] + (day * day);
        var mean = sum / offsets.Length;
        if (mean * mean > Beyond * Beyond * (variance + (squares / offsets.Length) - (mean * mean)))
        {
            SetAside++;
            return;
        }

        var learnt = _variances[sensor] / variance;
        for (var i = 0; i < offsets.Length; i++)
        {
            logs[i] -= 0.5 * _off[i] * _off[i] / variance;
            offsets[i] += learnt * _off[i];
        }

        _variances[sensor] *= day * day / variance;
    }
}
