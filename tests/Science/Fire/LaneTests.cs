using System.Runtime.Intrinsics;
using CsCheck;
using IotGateway.Science.Fire.Vectorised;
using Xunit;

namespace IotGateway.Science.Tests.Fire;

/// <summary>The elementary functions of lanes against those of the library.</summary>
public sealed class LaneTests
{
    private static readonly Gen<double> Any = Gen.Double[-20, 20];

    [Fact]
    public void ExpIsThatOfTheLibrary() => Gen.OneOf(Gen.Double[-708, 709], Any, Gen.Double[-1e-9, 1e-9])
        .Sample(x => Near(LaneMath.Exp(x), Math.Exp(x), 1e-13 * Math.Exp(x)));

    [Fact]
    public void ExpOfMuchBelowZeroIsZeroAndOfZeroOne()
    {
        Assert.Equal(0, LaneMath.Exp(-709).First);
        Assert.Equal(0, LaneMath.Exp(-1e300).First);
        Assert.Equal(1, LaneMath.Exp(0).First);
    }

    [Fact]
    public void LogIsThatOfTheLibrary() => Gen.OneOf(Gen.Double[1e-300, 1e-290], Gen.Double[1e-6, 3], Gen.Double[1, 1e300])
        .Sample(x => Near(LaneMath.Log(x), Math.Log(x), 1e-15 + 1e-14 * Math.Abs(Math.Log(x))));

    [Fact]
    public void PowIsThatOfTheLibrary() => Gen.Select(Gen.OneOf(Gen.Const(0.0), Gen.Double[1e-9, 300]), Gen.Double[0.5, 6])
        .Sample((x, y) => Near(LaneMath.Pow(x, y), Math.Pow(x, y), 1e-13 * Math.Pow(x, y)));

    [Fact]
    public void SineAndCosineAreThoseOfTheLibrary() => Gen.OneOf(Gen.Double[-360, 360], Gen.Int[-8, 8].Select(n => n * 45.0))
        .Sample(degrees =>
        {
            var (sine, cosine) = LaneAngles.SinCosOfDegrees(degrees);
            return Near(sine, Math.Sin(degrees * Math.PI / 180), 2e-15) && Near(cosine, Math.Cos(degrees * Math.PI / 180), 2e-15);
        });

    [Fact]
    public void AnglesAreThoseOfTheLibrary() => Gen.Select(Gen.OneOf(Any, Gen.Const(0.0)), Gen.OneOf(Any, Gen.Const(0.0)))
        .Sample((y, x) => Near(LaneAngles.Angle(y, x, Math.Sqrt(x * x + y * y)), Math.Atan2(y, x), 2e-15));

    [Fact]
    public void EachLaneHasItsOwnAnswer() => Gen.Select(Any, Any, Any, Any).Sample((a, b, c, d) =>
    {
        var exp = LaneMath.Exp(new Lanes(Vector256.Create(a, b, c, d)));
        return exp[0] == LaneMath.Exp(a).First && exp[1] == LaneMath.Exp(b).First && exp[2] == LaneMath.Exp(c).First
            && exp[3] == LaneMath.Exp(d).First;
    });

    private static bool Near(Lanes lanes, double expected, double within) => Math.Abs(lanes.First - expected) <= within;
}
