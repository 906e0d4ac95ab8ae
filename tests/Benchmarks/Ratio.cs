namespace IotGateway.Benchmarks;

/// <summary>
/// One line of a suite's table: our figure beside a peer's or a limit's, both taken in the same run.
/// A ratio above one is always in our favour; <see cref="Bar"/> is the least we accept.
/// </summary>
internal sealed record Ratio(string What, double Ours, string Peer, double PeerFigure, string Unit, double Bar, bool LessIsBetter = false)
{
    public double Value => LessIsBetter ? PeerFigure / Ours : Ours / PeerFigure;

    public bool Met => Value >= Bar;
}
