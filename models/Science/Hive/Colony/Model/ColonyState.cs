using IotGateway.Science.Hive.Colony.Biology;

namespace IotGateway.Science.Hive.Colony.Model;

/// <summary>
/// A colony on the evening of a day. A plain value, copied whole, so that thousands of them are stepped without an allocation.
/// </summary>
internal struct ColonyState
{
    public double House;
    public double Foragers;

    /// <summary>Of them, those that had a mite as pupae.</summary>
    public double Infested;

    public double StoresGrams;
    public double MitesOnBees;

    /// <summary>Days until a queen lays: 0 now, infinite where none will.</summary>
    public double QueenlessDays;

    /// <summary>Mean temperature as felt over a week, °C.</summary>
    public double WarmthCelsius;

    public double Laying;
    public double Loss;
    public double Breeding;
    public double Forage;

    /// <summary>Strength of the present treatment, as a logarithm.</summary>
    public double Exposure;

    /// <summary>Place of the youngest cells in <see cref="Cells"/>, and of the cells last sealed in <see cref="Mothers"/>.</summary>
    public int YoungestCells;

    public int YoungestMothers;
    public BroodCells Cells;
    public SealedMites Mothers;

    public readonly double Bees => House + Foragers;

    public readonly bool IsDead => Bees <= 0;

    /// <summary>Eggs and larvae.</summary>
    public readonly double OpenCells => Sum(0, BeeBiology.DaysToSeal);

    public readonly double BroodCells => Sum(0, BeeBiology.DaysToEmerge);

    public readonly double MitesInCells
    {
        get
        {
            var sum = 0.0;
            foreach (var mothers in Mothers)
                sum += mothers;
            return sum;
        }
    }

    /// <summary>Mites on bees for each 100 bees, as a wash counts them; 0 where there is no bee.</summary>
    public readonly double MitesPerHundred => Bees > 0 ? 100 * MitesOnBees / Bees : 0;

    /// <summary>Place of the cells of an age in days.</summary>
    public readonly int PlaceOf(int age) =>
        YoungestCells >= age ? YoungestCells - age : YoungestCells - age + BeeBiology.DaysToEmerge;

    private readonly double Sum(int from, int to)
    {
        var sum = 0.0;
        for (var age = from; age < to; age++)
            sum += Cells[PlaceOf(age)];
        return sum;
    }
}
