using IotGateway.Science.Fire.Behaviour;
using IotGateway.Science.Fire.Fuels;
using IotGateway.Science.Fire.Ground;
using IotGateway.Science.Fire.Spread;
using Xunit;

namespace IotGateway.Science.Tests.Fire.Spread;

public sealed class FuelBreakTests
{
    private static readonly Stand Spruce = new(FuelType.C2);
    private static readonly Stand Road = new(FuelType.NonFuel);

    [Fact]
    public void AStraightBreakStopsTheFire() => Stops((column, _) => column == 60);

    [Fact]
    public void ADiagonalBreakOneCellWideLeavesNoWayThroughItsCorners() => Stops((column, row) => column + row == 130);

    [Fact]
    public void ASteepDiagonalBreakLeavesNoWayThroughItsCorners() => Stops((column, row) => column == 60 + (row - 50) / 3);

    [Fact]
    public void TheFireGoesRoundTheEndOfABreakAndComesLate()
    {
        var frame = Plains.Frame(101);
        var hours = Plains.Hours(3, Plains.Hour(0, 0, 92));
        var open = FireSpread.Burn(Landscape.Uniform(frame, Spruce), [Plains.Middle(frame)], hours);
        var walled = FireSpread.Burn(With(frame, (c, r) => c == 53 && r is > 42 and < 58), [Plains.Middle(frame)], hours);
        var behind = 50 * 101 + 55;
        // Round the end: √(3² + 8²) + √(2² + 8²) cells instead of 5.
        var expected = (Math.Sqrt(9 + 64) + Math.Sqrt(4 + 64)) / 5;
        Assert.InRange(walled.Minutes[behind] / open.Minutes[behind], expected * 0.95, expected * 1.05);
    }

    private static void Stops(Func<int, int, bool> isBreak)
    {
        var frame = Plains.Frame(101);
        var map = FireSpread.Burn(With(frame, isBreak), [Plains.Middle(frame)], Plains.Hours(24, Plains.Hour(30, 270)));
        var beyond = 0;
        for (var row = 0; row < 101; row++)
        {
            var passed = false;
            for (var column = 0; column < 101; column++)
            {
                passed |= isBreak(column, row);
                if (passed && float.IsFinite(map.Minutes[row * 101 + column]))
                    beyond++;
            }
        }

        Assert.Equal(0, beyond);
        Assert.True(map.AreaHectares() > 200);
    }

    private static Landscape With(GridFrame frame, Func<int, int, bool> isBreak) => Landscape.Of(
        frame, cell => new GroundClass(isBreak(cell % frame.Columns, cell / frame.Columns) ? Road : Spruce, Terrain.Level));
}
