using IotGateway.Science;

namespace IotGateway.Cloud.Hives.State.Neighbours;

/// <summary>A nest beside its neighbours': their medians, and what of a change is its own and not theirs.</summary>
internal sealed record Compared(Nest Own, IReadOnlyList<Neighbour> Neighbours)
{
    /// <summary>Fewer neighbours than this say nothing about what is common.</summary>
    public const int Least = 2;

    /// <summary>The neighbours' median; null of fewer than <paramref name="least"/> that are known.</summary>
    public double? Median(Func<Nest, double?> of, int least = Least)
    {
        double[] known = [.. Neighbours.Select(n => of(n.Nest)).OfType<double>()];
        return known.Length >= least ? Medians.Of(known) : null;
    }

    /// <summary>
    /// The change of this nest less the part that its neighbours' median shares with it: what they did is never held against it, and what
    /// they did alone is not made its own. Null where either is not known.
    /// </summary>
    public double? OwnPart(Func<Nest, double?> change)
    {
        if (change(Own) is not { } own || Median(change) is not { } common)
            return null;
        return own > 0 ? own - Math.Clamp(common, 0, own) : own - Math.Clamp(common, own, 0);
    }
}
