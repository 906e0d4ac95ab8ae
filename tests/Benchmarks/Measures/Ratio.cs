namespace IotGateway.Benchmarks.Measures;

/// <summary>
/// One line of a suite's table: our figure beside a peer's or a limit's, both taken in the same run.
/// A ratio above one is always in our favour; <see cref="Bar"/> is the least we accept.
/// </summary>
/// <param name="PeerFigure">Null where the peer is not installed: then the line says so, and misses nothing.</param>
internal sealed record Ratio(string What, double Ours, string Peer, double? PeerFigure, string Unit, double Bar, bool LessIsBetter = false)
{
    /// <summary>Null where there is nothing to measure beside.</summary>
    public double? Value => LessIsBetter ? PeerFigure / Ours : Ours / PeerFigure;

    public bool Missed => Value is { } value && !(value >= Bar);
}
