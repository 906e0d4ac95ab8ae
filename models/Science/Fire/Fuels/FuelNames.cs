namespace IotGateway.Science.Fire.Fuels;

/// <summary>Fuel types by the names people and files use: "C-2", "c2", "O1A", "NF".</summary>
public static class FuelNames
{
    /// <summary>The fuel type of a name, without regard to case, hyphens or blanks.</summary>
    /// <exception cref="InputException">No fuel type has this name.</exception>
    public static FuelType Parse(string name)
    {
        ArgumentNullException.ThrowIfNull(name);
        var plain = name.Replace("-", "", StringComparison.Ordinal).Trim();
        if (plain.Equals("NF", StringComparison.OrdinalIgnoreCase))
            return FuelType.NonFuel;
        if (plain.Equals("WA", StringComparison.OrdinalIgnoreCase))
            return FuelType.Water;
        return plain.All(char.IsAsciiLetterOrDigit) && Enum.TryParse<FuelType>(plain, ignoreCase: true, out var fuel)
            && !char.IsDigit(plain[0])
            ? fuel
            : throw new InputException("fuel type", name, "C-1 to C-7, D-1, M-1 to M-4, O-1a, O-1b, S-1 to S-3, NF or WA");
    }
}
