using IotGateway.Science.Disease;

namespace IotGateway.Cloud.Disease.Pages;

/// <summary>Classes of a chance on the map, and chances in words.</summary>
internal static class ChanceClass
{
    /// <summary>The classes, each from its least chance on.</summary>
    public static IReadOnlyList<(double From, string Words)> All { get; } =
        [(0, "below 5 %"), (0.05, "5 to 20 %"), (0.2, "20 to 50 %"), (0.5, "50 to 80 %"), (0.8, "80 % or more")];

    /// <summary>Number of a chance's class.</summary>
    public static int Of(double chance) => All.Count(c => chance >= c.From) - 1;

    /// <summary>Radius of a class on the map: size says the same as the colour.</summary>
    public static int Radius(int of) => 8 + (3 * of);

    public static string Percent(double chance) => chance switch
    {
        < 0.005 => "< 1 %",
        > 0.995 => "> 99 %",
        _ => Web.Shown.Number(100 * chance, "0") + " %",
    };

    public static string Words(ChanceRange chance) =>
        $"{Percent(chance.Value)} ({Web.Shown.Number(100 * chance.Low, "0")} to {Web.Shown.Number(100 * chance.High, "0")} %)";
}
