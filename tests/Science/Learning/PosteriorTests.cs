using IotGateway.Learning.Mixed;
using IotGateway.Learning.Panel;
using MathNet.Numerics.LinearAlgebra;

namespace IotGateway.Science.Tests.Learning;

/// <summary>The mixed model's arithmetic against another library's.</summary>
public class PosteriorTests
{
    private static readonly IReadOnlyList<PanelRow> Rows = PanelRows.Few;

    [Fact]
    public void APredictionIsThatOfTheWholeMatrix()
    {
        var covariance = new Covariance(PanelRows.Model);
        var points = Rows.Select(r => new PanelPoint(r.State, r.Quarter)).ToArray();
        var whole = Matrix<double>.Build.Dense(points.Length, points.Length, (i, j) => covariance.Between(points[i], points[j])
            + (i == j ? PanelRows.Model.Noise.Of(Rows[i].Colonies) : 0));
        var next = new PanelPoint("GA", new Quarter(2020, 1));
        var weights = whole.Solve(Vector<double>.Build.Dense(points.Length, i => covariance.Between(next, points[i])));
        var roots = Vector<double>.Build.Dense(points.Length, i => Math.Sqrt(Rows[i].Percent) - PanelRows.Model.Mean);
        var variance = covariance.Between(next, next) + PanelRows.Model.Noise.Of(Rows.Last(r => r.State == "GA").Colonies)
            - weights.DotProduct(Vector<double>.Build.Dense(points.Length, i => covariance.Between(next, points[i])));
        var posterior = PanelRows.After(Rows);

        var said = posterior.Predict("GA", next.Quarter)!.Value;

        Assert.Equal(PanelRows.Model.Mean + weights.DotProduct(roots), said.Root, 9);
        Assert.Equal(Math.Sqrt(variance), said.Deviation, 9);
        Assert.Equal(-0.5 * (roots.DotProduct(whole.Solve(roots)) + Math.Log(whole.Determinant()) + points.Length * Math.Log(2 * Math.PI)),
            posterior.LogLikelihood, 6);
    }

    [Fact]
    public void ContributionsAddUpToThePrediction()
    {
        var posterior = PanelRows.After(Rows);
        var quarter = new Quarter(2020, 3);

        var parts = posterior.Contributions([.. PanelRows.States.Select(s => new PanelPoint(s, quarter))]);

        Assert.All(PanelRows.States.Zip(parts), s =>
            Assert.Equal(posterior.Predict(s.First, quarter)!.Value.Root, PanelRows.Model.Mean + s.Second.Sum(), 9));
    }

    [Fact]
    public void AStateThatWasNeverSurveyedIsNotForecast() => Assert.Null(PanelRows.After(Rows).Predict("AK", new Quarter(2020, 1)));

    [Fact]
    public void AStateThatIsNoLongerSurveyedGetsAWiderInterval()
    {
        var posterior = PanelRows.After(Rows.Where(r => r.State != "IA" || r.Quarter.Year < 2017));

        var gone = posterior.Predict("IA", new Quarter(2020, 1))!.Value;

        Assert.True(gone.Deviation > PanelRows.After(Rows).Predict("IA", new Quarter(2020, 1))!.Value.Deviation);
        Assert.InRange(gone.Quantile(0.1), 0, gone.Median);
    }

    [Fact]
    public void QuantilesAndProbabilitiesAgreeAndStayWithinTheScale()
    {
        var said = new Prediction(3, 1.2);

        Assert.Equal(0.9, 1 - said.ProbabilityOfAtLeast((int)Math.Round(said.Quantile(0.9))), 1);
        Assert.Equal(0.5, new Prediction(Math.Sqrt(14.5), 1).ProbabilityOfAtLeast(15), 12);
        Assert.Equal((0, 100), (new Prediction(0.2, 2).Quantile(0.1), new Prediction(9.5, 2).Quantile(0.9)));
    }
}
