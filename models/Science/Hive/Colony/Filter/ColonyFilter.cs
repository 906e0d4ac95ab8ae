using System.Globalization;
using IotGateway.Science.Hive.Colony.Drawing;
using IotGateway.Science.Hive.Colony.Model;
using IotGateway.Science.Hive.Colony.Sensing;

namespace IotGateway.Science.Hive.Colony.Filter;

/// <summary>
/// Colony behind what a hive has: one thermometer, ten sensors, a scale, visits alone, or nothing. A particle filter (Gordon, Salmond and
/// Smith 1993): colonies as the beginning of May has them live through the weather, each with chances of its own, and those that explain
/// what was measured and seen count more. A day allocates nothing. Not for several threads at once.
/// </summary>
public sealed class ColonyFilter
{
    /// <summary>
    /// Particles that a filter has unless told otherwise. With 500 the chance of the draws adds a tenth to a third to the variance of what
    /// all sensors and visits leave, and ranges of 80 % hold some 74 %.
    /// </summary>
    public const int UsualParticles = 2000;

    /// <summary>Colonies that an outlook is made from: their share is as near as a probability needs.</summary>
    private const int OutlookParticles = 500;

    /// <summary>No colony gains or loses more in a day: the best flows bring some 10 kg.</summary>
    private const double MostGainKilograms = 10;

    /// <summary>Share of particles that the weights must be worth, or they are drawn anew.</summary>
    private const double EqualShare = 0.5;

    /// <summary>
    /// Share that a part of an inspection leaves. One that surprises is taken in in parts, with the particles moved between, or a handful
    /// would have to stand for all (tempering: Neal 2001; Chopin 2002).
    /// </summary>
    private const double PartShare = 0.4;

    /// <summary>Parts of an inspection at most; the last takes the rest.</summary>
    private const int MostSteps = 30;

    private readonly SensorBank _sensors;
    private readonly Weights _weights;
    private readonly int _scale;
    private readonly int _sensorCount;
    private readonly double[] _sorted;
    private readonly int[] _order;
    private readonly int[] _ancestors;
    private readonly ColonyState[] _colonies;
    private Noise _noise;
    private Turnover _turnover;
    private int _gainsSetAside;

    /// <summary>A filter as of the evening before 1 May, with nothing measured or seen yet.</summary>
    /// <param name="sensors">The hive's sensors, at most 12; of several scales the first counts.</param>
    /// <param name="warmthCelsius">Mean temperature of the week before, °C, −60 to 60.</param>
    /// <param name="seed">Key of all that is drawn.</param>
    /// <param name="particles">Number of particles, 10 to 100,000.</param>
    /// <exception cref="InputException">A value is outside its range.</exception>
    public ColonyFilter(IReadOnlyList<SensorKind> sensors, double warmthCelsius, ulong seed, int particles = UsualParticles)
    {
        Check.Within(sensors.Count, 0, SensorBank.Most, "number of sensors");
        Check.Temperature(warmthCelsius);
        Check.Within(particles, 10, 100_000, "number of particles");
        _scale = sensors.ToList().IndexOf(SensorKind.Scale);
        _sensorCount = sensors.Count;
        _sensors = new SensorBank([.. sensors], particles);
        _weights = new Weights(particles);
        _colonies = new ColonyState[particles];
        (_sorted, _order, _ancestors) = (new double[particles], new int[particles], new int[particles]);
        _noise = new Noise(seed);
        for (var i = 0; i < particles; i++)
            _colonies[i] = SpringStart.Draw(ref _noise, warmthCelsius);
    }

    /// <summary>Readings that no colony explains, left out.</summary>
    public int SetAside => _sensors.SetAside + _gainsSetAside;

    /// <summary>
    /// Kinds of sensors of which the hive has several that say different things; the doubtful ones do not count while they do, so that the
    /// ranges widen.
    /// </summary>
    public IReadOnlyList<SensorKind> Disagreeing => _sensors.Disagreeing;

    /// <summary>Passes a day and what the sensors told of it.</summary>
    /// <param name="day">Its weather and the beekeeper's work.</param>
    /// <param name="readings">A reading of each sensor, in its unit; NaN where there is none. Empty where no sensor spoke.</param>
    /// <exception cref="InputException">
    /// A day that cannot be; or the readings are neither none nor one for each sensor, or one is infinite.
    /// </exception>
    public void Pass(in ColonyDay day, ReadOnlySpan<double> readings)
    {
        day.Check();
        CheckReadings(readings);
        var gain = readings.IsEmpty || _scale < 0 ? WeighedGain.None : Weighed(readings[_scale]);
        for (var i = 0; i < _colonies.Length; i++)
            _weights.Logs[i] += ColonyDynamics.Step(ref _colonies[i], day, Chances.Draw(ref _noise, gain), ref _turnover);
        if (!readings.IsEmpty)
        {
            _sensors.Weigh(_colonies, day.Weather, readings, _weights.Logs);
            Renew();
        }
    }

    /// <summary>Takes in what a person found on the evening of the last day passed.</summary>
    /// <exception cref="InputException">A value is outside its range.</exception>
    public void See(in Inspection inspection)
    {
        inspection.Check();
        QueenLosses.Propose(_colonies, _weights.Logs, ref _noise);
        var (left, steps) = (1.0, 0);
        while (left > 0)
        {
            for (var i = 0; i < _colonies.Length; i++)
                _sorted[i] = Sight.Likelihood(inspection, _colonies[i]);
            var part = ++steps == MostSteps ? left : _weights.Part(_sorted, left, PartShare * _colonies.Length);
            _weights.Add(_sorted, part);
            left -= part;
            if (Renew() && left > 0)
                Spread.RestoreAll(_colonies, _sensors.Offsets, ref _noise);
        }
    }

    /// <summary>The range in which a quantity is known to lie.</summary>
    public ColonyRange Range(ColonyQuantity quantity)
    {
        for (var i = 0; i < _colonies.Length; i++)
            (_sorted[i], _order[i]) = (Quantities.Of(quantity, _colonies[i]), i);
        return Ranges.Of(_sorted, _order, _weights.Shares);
    }

    /// <summary>The range in which a person's count of frames of bees would lie.</summary>
    public ColonyRange CountOfFrames() => Ranges.Counted(Range(ColonyQuantity.Bees));

    /// <summary>Outlook to the end of some days ahead; what is known now stays as it is.</summary>
    /// <param name="scenarios">
    /// The days ahead as they may be, equally likely and equally many each, such as those of past years; the colonies are dealt out among
    /// them.
    /// </param>
    /// <exception cref="InputException">There is no scenario, or more than 500.</exception>
    public LossOutlook Ahead(IReadOnlyList<ColonyDay[]> scenarios)
    {
        Check.Within(scenarios.Count, 1, Math.Min(_colonies.Length, OutlookParticles), "number of scenarios");
        var drawn = _ancestors.AsSpan(0, Math.Min(_colonies.Length, OutlookParticles));
        var bees = _sorted.AsSpan(0, drawn.Length);
        _weights.Draw(drawn, _noise.Uniform());
        var lost = 0;
        for (var i = 0; i < drawn.Length; i++)
        {
            var colony = _colonies[drawn[i]];
            foreach (ref readonly var day in scenarios[i % scenarios.Count].AsSpan())
                ColonyDynamics.Step(ref colony, day, Chances.Draw(ref _noise, WeighedGain.None), ref _turnover);
            lost += colony.IsDead ? 1 : 0;
            bees[i] = colony.Bees;
        }

        return new LossOutlook((double)lost / drawn.Length, Ranges.Equal(bees));
    }

    private WeighedGain Weighed(double kilograms)
    {
        if (Math.Abs(kilograms) > MostGainKilograms)
            _gainsSetAside++;
        return Math.Abs(kilograms) <= MostGainKilograms
            ? new WeighedGain(1000 * kilograms, Signal.ScaleGrams * Signal.ScaleGrams)
            : WeighedGain.None;
    }

    /// <summary>Draws the particles anew where few of them carry most of the weight, and answers whether.</summary>
    private bool Renew()
    {
        if (_weights.Normalise() >= EqualShare * _colonies.Length)
            return false;
        _weights.Draw(_ancestors, _noise.Uniform());
        Descent.Follow<ColonyState>(_colonies, _ancestors);
        _sensors.Follow(_ancestors);
        _weights.Equalise();
        Spread.RestoreMites(_colonies, ref _noise);
        return true;
    }

    private void CheckReadings(ReadOnlySpan<double> readings)
    {
        if (!readings.IsEmpty && readings.Length != _sensorCount)
        {
            var expected = string.Create(CultureInfo.InvariantCulture, $"0 or that of the sensors, {_sensorCount}");
            throw new InputException("number of readings", readings.Length, expected);
        }

        foreach (var reading in readings)
        {
            if (double.IsInfinity(reading))
                throw new InputException("reading", reading, "finite, or NaN for none");
        }
    }
}
