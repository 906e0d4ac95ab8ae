using IotGateway.Science.Hive.Colony.Sensing;
using IotGateway.Science.Hive.Colony.Weather;

namespace IotGateway.Science.Hive.Colony.Filter;

/// <summary>Sensors of a hive but its scale: how far their offsets are known, and the likelihood of their day.</summary>
internal sealed class SensorBank
{
    /// <summary>Deviations beyond which a reading is of something else than the colony.</summary>
    private const double Beyond = 6;

    private readonly SensorKind[] _kinds;
    private readonly double[] _variances;
    private readonly LogNumbers[] _logs;
    private readonly double[] _off;

    public SensorBank(SensorKind[] kinds, int particles)
    {
        _kinds = kinds;
        _variances = [.. kinds.Select(k => Signal.Of(k).Offset).Select(o => o * o)];
        (_logs, _off) = (new LogNumbers[particles], new double[particles]);
    }

    /// <summary>Readings that no colony explains, left out.</summary>
    public int SetAside { get; private set; }

    /// <summary>Adds the logarithm of the likelihood of a day's readings to each particle's weight; NaN is no reading.</summary>
    public void Weigh(Span<Particle> particles, in ColonyWeather weather, ReadOnlySpan<double> readings, double[] logs)
    {
        for (var i = 0; i < particles.Length; i++)
            _logs[i] = Signal.Logs(particles[i].Colony);
        var logFlight = Signal.LogFlight(weather);
        for (var sensor = 0; sensor < _kinds.Length; sensor++)
        {
            if (_kinds[sensor] == SensorKind.Scale)
                continue;
            _variances[sensor] += Signal.Drift * Signal.Drift;
            if (!double.IsNaN(readings[sensor]))
                Weigh(particles, logFlight, sensor, Signal.Read(_kinds[sensor], readings[sensor]), logs);
        }
    }

    private void Weigh(Span<Particle> particles, double logFlight, int sensor, double signal, double[] logs)
    {
        var kind = _kinds[sensor];
        var (sum, squares) = (0.0, 0.0);
        for (var i = 0; i < particles.Length; i++)
        {
            ref var particle = ref particles[i];
            var off = signal - Signal.Expected(kind, _logs[i], logFlight) - particle.Offsets[sensor];
            _off[i] = off;
            sum += off;
            squares += off * off;
        }

        if (double.IsNaN(sum))
            return;
        var day = Signal.Of(kind).Day;
        var variance = _variances[sensor] + (day * day);
        var mean = sum / particles.Length;
        if (mean * mean > Beyond * Beyond * (variance + (squares / particles.Length) - (mean * mean)))
        {
            SetAside++;
            return;
        }

        var learnt = _variances[sensor] / variance;
        for (var i = 0; i < particles.Length; i++)
        {
            logs[i] -= 0.5 * _off[i] * _off[i] / variance;
            particles[i].Offsets[sensor] += learnt * _off[i];
        }

        _variances[sensor] *= day * day / variance;
    }
}
