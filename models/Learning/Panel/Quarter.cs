using System.Globalization;

namespace IotGateway.Learning.Panel;

/// <summary>Quarter of a year.</summary>
/// <param name="Index">Quarters since the year 0: four times the year, and 0 for January to March.</param>
internal readonly record struct Quarter(int Index)
{
    public Quarter(int year, int number)
        : this(4 * year + number - 1)
    {
    }

    public int Year => Index / 4;

    /// <summary>1 (January to March) to 4.</summary>
    public int Number => Index % 4 + 1;

    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"{Year} Q{Number}");
}
