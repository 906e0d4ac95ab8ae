namespace IotGateway.FirmwareSim.Colonies;

/// <summary>Weight of a simulated hive: gains as its scale told them, and what the beekeeper put in and took out at noon.</summary>
internal sealed class ColonyScale
{
    private const double FirstKilograms = 42;
    private const int Scale = 4;

    private readonly double[] _mornings;
    private readonly IReadOnlyList<ColonyLifeDay> _days;

    public ColonyScale(IReadOnlyList<ColonyLifeDay> days)
    {
        _days = days;
        _mornings = new double[days.Count + 1];
        _mornings[0] = FirstKilograms;
        for (var i = 0; i < days.Count; i++)
            _mornings[i + 1] = _mornings[i] + days[i].Readings[Scale] + WorkKilograms(days[i]);
    }

    /// <summary>Weight at a share of a day, kg, never below nothing.</summary>
    public double At(int day, double share) => Math.Max(
        0, _mornings[day] + (share * _days[day].Readings[Scale]) + (share >= 0.5 ? WorkKilograms(_days[day]) : 0));

    private static double WorkKilograms(ColonyLifeDay day) => (day.Work.FedGrams - day.Work.HarvestedGrams) / 1000;
}
