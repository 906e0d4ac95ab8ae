using static System.Math;

namespace IotGateway.Benchmarks.Fire;

/// <summary>
/// The exp, log and pow calls that fire formulas make, with their arguments, counted from the formulas by hand and
/// held apart by kind, so that they can be timed with nothing else around them: the limit of any code for them.
/// </summary>
internal sealed class FireCalls
{
    private readonly List<double> _exponents = [];
    private readonly List<double> _logarithms = [];
    private readonly List<(double Base, double Exponent)> _powers = [];
    private double[] _exp = [];
    private double[] _log = [];
    private (double Base, double Exponent)[] _pow = [];

    public int Count => _exponents.Count + _logarithms.Count + _powers.Count;

    public string Kinds => $"{_exponents.Count} exp, {_logarithms.Count} log, {_powers.Count} pow";

    public double E(double x)
    {
        _exponents.Add(x);
        return Exp(x);
    }

    public double L(double x)
    {
        _logarithms.Add(x);
        return Log(x);
    }

    public double P(double x, double y)
    {
        _powers.Add((x, y));
        return Pow(x, y);
    }

    public void Freeze() => (_exp, _log, _pow) = ([.. _exponents], [.. _logarithms], [.. _powers]);

    /// <summary>All the calls, each started when the last is done: what calls cost that wait for one another.</summary>
    public double RunWaiting()
    {
        var last = 0.0;
        foreach (var x in _exp)
            last = Exp(x + last * 1e-300);
        foreach (var x in _log)
            last = Log(x + last * 1e-300);
        foreach (var (x, y) in _pow)
            last = Pow(x + last * 1e-300, y);
        return last;
    }

    /// <summary>All the calls and nothing else.</summary>
    public double Run()
    {
        var sum = 0.0;
        foreach (var x in _exp)
            sum += Exp(x);
        foreach (var x in _log)
            sum += Log(x);
        foreach (var (x, y) in _pow)
            sum += Pow(x, y);
        return sum;
    }
}
