namespace IotGateway.Science.Hive.Colony;

/// <summary>Sums of all that came and went: with them bees, grams and mites before and after balance.</summary>
public record struct Turnover
{
    /// <summary>Eggs laid that are reared.</summary>
    public double Laid { get; set; }

    /// <summary>Brood that died.</summary>
    public double BroodDied { get; set; }

    /// <summary>Workers that emerged.</summary>
    public double Emerged { get; set; }

    /// <summary>Adult workers that came from other hives.</summary>
    public double BeesCame { get; set; }

    /// <summary>Adult workers that died or left.</summary>
    public double BeesDied { get; set; }

    /// <summary>Food brought in less nectar's water given off, g.</summary>
    public double GatheredGrams { get; set; }

    /// <summary>Food eaten, g.</summary>
    public double EatenGrams { get; set; }

    /// <summary>Food given, g.</summary>
    public double FedGrams { get; set; }

    /// <summary>Honey taken, g.</summary>
    public double HarvestedGrams { get; set; }

    /// <summary>Mites born.</summary>
    public double MitesBorn { get; set; }

    /// <summary>Mites that came from elsewhere.</summary>
    public double MitesCame { get; set; }

    /// <summary>Mites that died.</summary>
    public double MitesDied { get; set; }
}
