namespace IotGateway.Science.Hive.Colony.Filter;

/// <summary>Weights of particles, kept as logarithms and as shares that sum to 1.</summary>
internal sealed class Weights(int count)
{
    private readonly double[] _shares = [.. Enumerable.Repeat(1.0 / count, count)];

    /// <summary>Logarithms, to which a day's likelihoods are added.</summary>
    public double[] Logs { get; } = new double[count];

    /// <summary>Shares, as of <see cref="Normalise"/>.</summary>
    public ReadOnlySpan<double> Shares => _shares;

    /// <summary>Makes shares of the logarithms and answers how many equal particles they are worth (Kong, Liu and Wong 1994).</summary>
    public double Normalise()
    {
        var most = double.NegativeInfinity;
        foreach (var log in Logs)
            most = Math.Max(most, log);
        var sum = 0.0;
        for (var i = 0; i < Logs.Length; i++)
        {
            Logs[i] -= most;
            _shares[i] = Math.Exp(Logs[i]);
            sum += _shares[i];
        }

        var squares = 0.0;
        for (var i = 0; i < _shares.Length; i++)
        {
            _shares[i] /= sum;
            squares += _shares[i] * _shares[i];
        }

        return 1 / squares;
    }

    /// <summary>
    /// Greatest part of some logarithms of likelihoods, up to <paramref name="most"/>, with which the particles stay worth that many.
    /// </summary>
    public double Part(ReadOnlySpan<double> logs, double most, double worth)
    {
        if (Worth(logs, most) >= worth)
            return most;
        var (low, high) = (0.0, most);
        for (var halving = 0; halving < 20; halving++)
        {
            var middle = (low + high) / 2;
            (low, high) = Worth(logs, middle) >= worth ? (middle, high) : (low, middle);
        }

        return high;
    }

    /// <summary>Adds a part of logarithms of likelihoods.</summary>
    public void Add(ReadOnlySpan<double> logs, double part)
    {
        for (var i = 0; i < Logs.Length; i++)
            Logs[i] += part * logs[i];
    }

    public void Equalise()
    {
        Array.Clear(Logs);
        Array.Fill(_shares, 1.0 / _shares.Length);
    }

    private double Worth(ReadOnlySpan<double> logs, double part)
    {
        var most = double.NegativeInfinity;
        for (var i = 0; i < Logs.Length; i++)
            most = Math.Max(most, Logs[i] + (part * logs[i]));
        var (sum, squares) = (0.0, 0.0);
        for (var i = 0; i < Logs.Length; i++)
        {
            var share = Math.Exp(Logs[i] + (part * logs[i]) - most);
            (sum, squares) = (sum + share, squares + (share * share));
        }

        return sum * sum / squares;
    }

    /// <summary>
    /// Draws from which particle each new one descends, as often as its share has it (systematic resampling, Kitagawa 1996), in order.
    /// </summary>
    public void Draw(Span<int> ancestors, double uniform)
    {
        var (source, passed) = (0, _shares[0]);
        for (var i = 0; i < ancestors.Length; i++)
        {
            var at = (i + uniform) / ancestors.Length;
            while (passed < at && source + 1 < _shares.Length)
                passed += _shares[++source];
            ancestors[i] = source;
        }
    }
}
