namespace IotGateway.Science.Hive.Weight.Day;

/// <summary>
/// Draws of the ten parameters given a day's readings, as the paper takes them: a random walk (Metropolis et al. 1953) over flat priors.
/// The walk goes over the five rates and times; the five linear parameters are drawn from their exact conditional, and a step whose draw is
/// outside its range is refused.
/// </summary>
internal sealed class DayDraws
{
    private const int BurnIn = 1_500;
    private const int Steps = 6_000;
    private const int KeepEach = 15;
    private const double Reach = 0.15;

    private readonly DayFit _fit;
    private readonly double _worth;
    private NormalDraws _normal = new(20_230_213);
    private SplitMix _uniform = new(1_010_880);

    private DayDraws(DayFit fit, double worth) => (_fit, _worth) = (fit, worth);

    /// <summary>Draws, the likeliest first; none where nothing that a hive does was found.</summary>
    public static IReadOnlyList<DayShape> Of(DayFit fit)
    {
        var (rates, solved) = Likeliest(fit);
        var correlation = fit.Correlation(rates, solved);
        var walk = new DayDraws(fit, Math.Max(24, fit.Count * (1 - correlation) / (1 + correlation)));
        return walk.Walk(rates, solved);
    }

    private List<DayShape> Walk(DayRates rates, LeastSquares solved)
    {
        var (scale, accepted, likelihood) = (1.0, 0, LogLikelihood(solved));
        var current = Drawn(rates, solved);
        var (draws, best, top) = (new List<DayShape>(), current, double.NegativeInfinity);
        for (var step = 0; step < BurnIn + Steps; step++)
        {
            var next = Moved(rates, scale);
            if (next.IsPossible && _fit.Solve(next) is { } other
                && Accepts(next, other, likelihood, current is not null) is (true, var drawn))
            {
                (rates, likelihood, current) = (next, LogLikelihood(other), drawn);
                accepted++;
                if (drawn is not null && likelihood > top)
                    (top, best) = (likelihood, drawn);
            }

            if (step < BurnIn && step % 100 == 99)
                (scale, accepted) = (Math.Clamp(scale * (accepted > 30 ? 1.3 : accepted < 15 ? 0.7 : 1), 0.01, 5), 0);
            else if (step >= BurnIn && step % KeepEach == 0 && current is { } kept)
                draws.Add(kept);
        }

        if (draws.Count > 0)
            draws.Insert(0, best ?? draws[0]);
        return draws;
    }

    /// <summary>
    /// A step is taken by its likelihood and refused where its draw is none of a hive; until one of a hive is found it may be any, and the
    /// first one found is taken whatever its likelihood.
    /// </summary>
    private (bool Taken, DayShape? Drawn) Accepts(DayRates rates, LeastSquares solved, double likelihood, bool found)
    {
        var likely = Math.Log(1 - _uniform.Next()) < LogLikelihood(solved) - likelihood;
        if (found && !likely)
            return (false, null);
        var drawn = Drawn(rates, solved);
        return (drawn is not null || (likely && !found), drawn);
    }

    /// <summary>Logarithm of the chance of the readings under rates alone, the linear parameters and the noise integrated out.</summary>
    private double LogLikelihood(LeastSquares solved) =>
        (-0.5 * (_worth - DayFit.Linear) * Math.Log(solved.Residual)) - solved.HalfLogDeterminant;

    private DayShape? Drawn(DayRates rates, LeastSquares solved)
    {
        Span<double> normals = stackalloc double[DayFit.Linear];
        Span<double> linear = stackalloc double[DayFit.Linear];
        for (var i = 0; i < normals.Length; i++)
            normals[i] = _normal.Next();
        var variance = solved.Residual / (_fit.Count - DayFit.Linear) * _fit.Count / _worth;
        solved.Draw(normals, Math.Sqrt(variance), linear);
        return _fit.Shape(rates, linear);
    }

    private DayRates Moved(DayRates from, double scale) => new(
        from.Departure * Math.Exp(scale * Reach * _normal.Next()), from.Return * Math.Exp(scale * Reach * _normal.Next()),
        from.Homing * Math.Exp(scale * Reach * _normal.Next()), from.Flight + (scale * Reach * _normal.Next()),
        from.Home + (scale * Reach * _normal.Next()));

    /// <summary>The best of a grid of rates and times whose solution is one of a hive, or of all where none is.</summary>
    private static (DayRates Rates, LeastSquares Solved) Likeliest(DayFit fit)
    {
        double[] departures = [0.3, 1, 3], returns = [0.5, 1.5], homings = [1, 3];
        var (best, least) = (default((DayRates, LeastSquares)?), double.PositiveInfinity);
        for (var flight = 5.0; flight <= 13; flight++)
        {
            for (var home = flight + 2; home <= 21; home++)
            {
                foreach (var rates in from d in departures from r in returns from h in homings select new DayRates(d, r, h, flight, home))
                {
                    if (fit.Solve(rates) is not { } solved)
                        continue;
                    var score = solved.Residual * (fit.Shape(rates, solved.Solution) is null ? 1e6 : 1);
                    if (score < least)
                        (best, least) = ((rates, solved), score);
                }
            }
        }

        return best ?? throw new InvalidOperationException("A day without gaps tells the parameters of some rates apart.");
    }
}
