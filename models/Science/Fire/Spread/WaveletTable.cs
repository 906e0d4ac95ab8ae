using IotGateway.Science.Fire.Ground;

namespace IotGateway.Science.Fire.Spread;

/// <summary>
/// The wavelets of one run, by weather and ground class, each computed when it is first asked for. Hours with
/// the same weather share an epoch, so that rays may run on through them.
/// </summary>
internal sealed class WaveletTable
{
    private readonly GroundClass[] _classes;
    private readonly HourOfWeather[] _epochs;
    private readonly Wavelet[] _wavelets;
    private readonly bool[] _known;
    private readonly int[] _epochOfHour;
    private readonly Disturbance _disturbance;

    public WaveletTable(Landscape landscape, IReadOnlyList<HourOfWeather> hours, in Disturbance disturbance)
    {
        _classes = landscape.Classes;
        _disturbance = disturbance;
        var epochs = new List<HourOfWeather>();
        _epochOfHour = new int[hours.Count];
        for (var hour = 0; hour < hours.Count; hour++)
        {
            if (hour == 0 || hours[hour] != hours[hour - 1])
                epochs.Add(hours[hour]);
            _epochOfHour[hour] = epochs.Count - 1;
        }

        _epochs = [.. epochs];
        EndOfEpoch = new double[_epochs.Length];
        for (var hour = 0; hour < hours.Count; hour++)
            EndOfEpoch[_epochOfHour[hour]] = (hour + 1) * 60.0;
        _wavelets = new Wavelet[_epochs.Length * _classes.Length];
        _known = new bool[_wavelets.Length];
    }

    /// <summary>Minute at which each epoch ends.</summary>
    public double[] EndOfEpoch { get; }

    public double HorizonMinutes => EndOfEpoch[^1];

    /// <summary>The epoch of a minute before the horizon.</summary>
    public int EpochAt(double minute) => _epochOfHour[Math.Min((int)(minute / 60), _epochOfHour.Length - 1)];

    public bool Burns(int groundClass) => _classes[groundClass].Stand.Burns;

    public ref readonly Wavelet Of(int epoch, int groundClass)
    {
        var index = epoch * _classes.Length + groundClass;
        if (!_known[index])
        {
            var hour = _epochs[epoch];
            _wavelets[index] = new Wavelet(FireEllipse.Of(
                _classes[groundClass], _disturbance.Of(hour.Weather), hour.FoliarMoisturePercent, _disturbance.RateFactor));
            _known[index] = true;
        }

        return ref _wavelets[index];
    }
}
