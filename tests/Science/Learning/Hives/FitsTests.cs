using IotGateway.Learning.Linear;
using MathNet.Numerics.LinearAlgebra;

namespace IotGateway.Science.Tests.Learning.Hives;

/// <summary>The linear fits against another library's, and against what they make least.</summary>
public class FitsTests
{
    private static readonly Example[] Rows = [.. Enumerable.Range(0, 60).Select(Row)];

    [Fact]
    public void LeastSquaresAreThoseOfTheWholeMatrix()
    {
        const double Penalty = 4;
        var scaled = Matrix<double>.Build.DenseOfRowArrays(Rows.Select(r => new[] { Scaled(r, 0), Scaled(r, 1), Scaled(r, 2) }));
        var targets = Vector<double>.Build.DenseOfEnumerable(Rows.Select(r => r.Target - Rows.Average(o => o.Target)));
        var expected = (scaled.TransposeThisAndMultiply(scaled) + Penalty * Matrix<double>.Build.DenseIdentity(3))
            .Solve(scaled.TransposeThisAndMultiply(targets));

        var model = Fits.Squares(Rows, [0, 1, 2], Penalty);

        Assert.All(Rows, (r, i) => Assert.Equal(
            Rows.Average(o => o.Target) + (scaled.Row(i) * expected), model.At(r.Features), 9));
    }

    [Fact]
    public void LeastAbsoluteErrorsPassAFewWildRowsBy()
    {
        Example[] wild = [.. Rows.Select((r, i) => r with { Target = i % 15 == 0 ? 500 : 3 + (2 * r.Features[0]) })];

        var model = Fits.Absolute(wild, [0, 1, 2], 1e-9);

        Assert.InRange(model.Intercept, 2.8, 3.2);
        Assert.InRange(model.Coefficients[0], 1.8, 2.2);
    }

    [Fact]
    public void TheOddsLeaveNoSlopeInTheLikelihood()
    {
        Example[] events = [.. Rows.Select((r, i) => r with { Target = r.Features[0] + ((i * 7 % 5) / 5.0) > 1.2 ? 1 : 0 })];

        var model = Fits.Odds(events, [0, 1], 1e-6);

        Assert.Equal(0, events.Sum(r => r.Target - Fits.Chance(model.At(r.Features))), 3);
        Assert.Equal(0, events.Sum(r => (r.Target - Fits.Chance(model.At(r.Features))) * r.Features[0]), 3);
    }

    [Fact]
    public void AFeatureThatDoesNotVaryOrIsNotChosenWeighsNothing()
    {
        var model = Fits.Squares([.. Rows.Select(r => r with { Features = [r.Features[0], 7, r.Features[2]] })], [0, 1], 1);

        Assert.Equal([0, 0], model.Coefficients.Skip(1));
    }

    [Fact]
    public void TheChoiceNeverSeesWhatIsHeldOut()
    {
        var recipe = new Recipe(Fits.Squares, (said, target) => Math.Abs(said - target), [[0], [0, 1, 2]], [1, 10]);
        Example[] other = [.. Rows.Select(r => r.Group == "2" ? r with { Target = -r.Target } : r)];

        Assert.Equivalent(Without("2", Rows), Without("2", other), strict: true);
        Assert.NotEqual(Without("1", Rows).Model.Intercept, Without("1", other).Model.Intercept);

        LearntLine Without(string group, Example[] rows) => recipe.LearnEach("x", rows).Single(l => l.HeldOut == group);
    }

    private static Example Row(int index)
    {
        double[] features = [index % 7 / 5.0, index * 3 % 11, Math.Sin(index)];
        var group = (index % 4).ToString(System.Globalization.CultureInfo.InvariantCulture);
        return new(group, features, 1 + (2 * features[0]) - (0.3 * features[1]) + Math.Cos(index * 1.7));
    }

    private static double Scaled(Example row, int column)
    {
        var mean = Rows.Average(r => r.Features[column]);
        return (row.Features[column] - mean) / Math.Sqrt(Rows.Average(r => Math.Pow(r.Features[column] - mean, 2)));
    }
}
