using IotGateway.Science.Fire.Behaviour;
using IotGateway.Science.Fire.Danger;
using IotGateway.Science.Fire.Danger.Moisture;
using IotGateway.Science.Fire.Fuels;
using static System.Math;

namespace IotGateway.Benchmarks.Fire;

/// <summary>The work of the fire suite's formula rows, and what of it is exp, log and pow.</summary>
internal static class FireFormulas
{
    public const double Latitude = 46;

    public static NoonWeather[] Season(int days)
    {
        var random = new Random(7);
        var noons = new NoonWeather[days];
        for (var i = 0; i < days; i++)
        {
            var rain = random.NextDouble() < 0.3 ? random.NextDouble() * 12 : 0;
            noons[i] = new NoonWeather(5 + 25 * random.NextDouble(), 20 + 75 * random.NextDouble(), 35 * random.NextDouble(), rain);
        }

        return noons;
    }

    public static double Chain(NoonWeather[] noons)
    {
        var codes = FwiCodes.SeasonStart;
        var sum = 0.0;
        foreach (var noon in noons)
        {
            var day = FwiSystem.Next(codes, noon, Latitude, 7);
            codes = day.Codes;
            sum += day.Dsr;
        }

        return sum;
    }

    /// <summary>The calls of one FWI day (FTR 33), in the branches that its values take.</summary>
    public static void Count(FireCalls calls, in FwiCodes before, in NoonWeather noon, in FwiDay day)
    {
        var (t, h, w, p) = (noon.TemperatureCelsius, noon.RelativeHumidityPercent, noon.WindKilometresPerHour, noon.RainMillimetres);
        var m = FineFuelMoistureCode.MoisturePercent(before.Ffmc);
        if (p > 0.5)
        {
            var wet = 42.5 * (p - 0.5) * calls.E(-100 / (251 - m)) * (1 - calls.E(-6.93 / (p - 0.5)));
            m = Min(m + wet + (m > 150 ? 0.0015 * (m - 150) * (m - 150) * Sqrt(p - 0.5) : 0), 250);
        }

        var warmth = 0.18 * (21.1 - t) * (1 - calls.E(-0.115 * h));
        var saturation = calls.E((h - 100) / 10);
        var ends = (0.942 * calls.P(h, 0.679) + 11 * saturation + warmth, m);
        var dries = m > ends.Item1;
        var wets = !dries && m < 0.618 * calls.P(h, 0.753) + 10 * saturation + warmth;
        if (dries || wets)
        {
            var x = dries ? h / 100 : (100 - h) / 100;
            var rate = (0.424 * (1 - calls.P(x, 1.7)) + 0.0694 * Sqrt(w) * (1 - x * x * x * x * x * x * x * x)) * calls.E(0.0365 * t);
            calls.P(10, -rate * 0.581);
        }

        if (p > 1.5)
        {
            calls.E(-0.023 * before.Dmc);
            if (before.Dmc > 33)
                calls.L(before.Dmc);
            calls.L(100);
        }

        if (p > 2.8)
        {
            calls.E(-before.Dc / 400);
            calls.L(1.5);
        }

        var after = FineFuelMoistureCode.MoisturePercent(day.Codes.Ffmc);
        calls.E(0.05039 * w);
        calls.E(-0.1386 * after);
        calls.P(after, 5.31);
        if (day.Codes.Dmc > 0.4 * day.Codes.Dc)
            calls.P(0.0114 * day.Codes.Dmc, 1.7);
        var duff = day.Bui > 80 ? 1000 / (25 + 108.64 * calls.E(-0.023 * day.Bui)) : 0.626 * calls.P(day.Bui, 0.809) + 2;
        if (0.1 * day.Isi * duff > 1)
            calls.E(2.72 * calls.P(0.434 * calls.L(0.1 * day.Isi * duff), 0.647));
        calls.P(day.Fwi, 1.77);
    }

    public static (BehaviourWeather Weather, Terrain Terrain)[] Fires(int count)
    {
        var random = new Random(11);
        var fires = new (BehaviourWeather, Terrain)[count];
        for (var i = 0; i < count; i++)
        {
            fires[i] = (
                new BehaviourWeather(
                    80 + 15 * random.NextDouble(), 20 + 100 * random.NextDouble(), 35 * random.NextDouble(), 360 * random.NextDouble()),
                new Terrain(5 + 50 * random.NextDouble(), 360 * random.NextDouble()));
        }

        return fires;
    }

    public static double Predict((BehaviourWeather Weather, Terrain Terrain)[] fires)
    {
        var spruce = new Stand(FuelType.C2);
        var sum = 0.0;
        foreach (var (weather, terrain) in fires)
            sum += FbpSystem.Predict(spruce, weather, terrain, 97).HeadFireIntensity;
        return sum;
    }

    /// <summary>The same through the call for many fires at once.</summary>
    public static double PredictMany(BehaviourWeather[] weathers, Terrain[] terrains, FireBehaviour[] heads)
    {
        FbpSystem.PredictMany(new Stand(FuelType.C2), weathers, terrains, 97, heads);
        var sum = 0.0;
        foreach (var head in heads)
            sum += head.HeadFireIntensity;
        return sum;
    }

    /// <summary>The calls of one FBP prediction in C-2 on a slope (ST-X-3), and those of them of which each waits for the last.</summary>
    public static void Count(FireCalls calls, FireCalls chain, in BehaviourWeather weather, in Terrain terrain)
    {
        var fire = FbpSystem.Predict(new Stand(FuelType.C2), weather, terrain, 97);
        var m = FineFuelMoistureCode.MoisturePercent(weather.Ffmc);
        var fuel = 91.9 * calls.E(-0.1386 * m) * (1 + calls.P(m, 5.31) / 4.93e7);
        var slope = calls.E(3.533 / 1.5 * calls.P(terrain.SlopePercent / 100, 1.2));
        var isi = calls.L(Max(1 - (1 - calls.E(-0.0282 * 0.208 * fuel)) * slope, 0.01)) / -0.0282;
        calls.L(isi / (0.208 * fuel));
        calls.E(0.05 * Min(fire.NetWindKilometresPerHour, 40));
        calls.E(-0.0115 * weather.Bui);
        calls.E(50 * -0.35667 * (1 / weather.Bui - 1.0 / 64));
        calls.E(-0.0282 * fire.Isi);
        var crowns = fire.CrownFractionBurned > 0;
        if (crowns)
            calls.E(-0.23 * (fire.RateOfSpread - fire.CriticalRate));

        chain.P(m, 5.31);
        chain.E(-0.0282 * 0.208 * fuel);
        chain.L(Exp(-0.0282 * isi));
        chain.L(isi / (0.208 * fuel));
        chain.E(0.05 * Min(fire.NetWindKilometresPerHour, 40));
        chain.E(-0.0282 * fire.Isi);
        if (crowns)
            chain.E(-0.23 * (fire.RateOfSpread - fire.CriticalRate));
    }
}
