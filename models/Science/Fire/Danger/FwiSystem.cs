using System.Globalization;
using IotGateway.Science.Fire.Danger.Moisture;
using static System.Math;

namespace IotGateway.Science.Fire.Danger;

/// <summary>
/// The Canadian Forest Fire Weather Index System, one day after the other (Van Wagner and Pickett 1985,
/// FTR 33; Van Wagner 1987, FTR 35), with the FFMC scale 147.27723 both ways.
/// </summary>
public static class FwiSystem
{
    /// <summary>One day of one station. Allocates nothing.</summary>
    /// <param name="yesterday">The codes of the day before, or <see cref="FwiCodes.SeasonStart"/>.</param>
    /// <param name="noon">Today's noon weather.</param>
    /// <param name="latitudeDegrees">Latitude, −90 to 90; the papers' own tables are those of 46° north.</param>
    /// <param name="month">Month, 1 to 12.</param>
    /// <exception cref="InputException">A value is outside its range.</exception>
    public static FwiDay Next(in FwiCodes yesterday, in NoonWeather noon, double latitudeDegrees, int month)
    {
        yesterday.Validate();
        noon.Validate();
        Check.Latitude(latitudeDegrees);
        Check.Month(month);

        var ffmc = FineFuelMoistureCode.NextUnchecked(yesterday.Ffmc, noon);
        var dmc = DuffMoistureCode.NextUnchecked(yesterday.Dmc, noon, DayLength.Duff(latitudeDegrees, month));
        var dc = DroughtCode.NextUnchecked(yesterday.Dc, noon, DayLength.Drought(latitudeDegrees, month));
        var isi = 0.208 * Exp(0.05039 * noon.WindKilometresPerHour) * InitialSpreadIndex.FuelFactor(ffmc);
        var bui = BuildupIndex.OfUnchecked(dmc, dc);
        var fwi = FireWeatherIndex.OfUnchecked(isi, bui);
        return new FwiDay(new FwiCodes(ffmc, dmc, dc), isi, bui, fwi, 0.0272 * Pow(fwi, 1.77));
    }

    /// <summary>
    /// A chain of days. A missing day breaks the chain: the codes remember, so a gap must be filled with
    /// weather or the chain started again, and that is the caller's decision.
    /// </summary>
    /// <exception cref="InputException">A value is outside its range, or a date does not follow its predecessor.</exception>
    public static IEnumerable<(DateOnly Date, FwiDay Day)> Chain(
        IEnumerable<(DateOnly Date, NoonWeather Noon)> days, double latitudeDegrees, FwiCodes start)
    {
        Check.Latitude(latitudeDegrees);
        start.Validate();
        return Walk(days, latitudeDegrees, start);
    }

    private static IEnumerable<(DateOnly Date, FwiDay Day)> Walk(
        IEnumerable<(DateOnly Date, NoonWeather Noon)> days, double latitudeDegrees, FwiCodes codes)
    {
        DateOnly? before = null;
        foreach (var (date, noon) in days)
        {
            if (before is { } last && date != last.AddDays(1))
                throw new InputException("date", Text(date), Text(last.AddDays(1)) + ", the day after the one before it");
            before = date;
            var day = Next(codes, noon, latitudeDegrees, date.Month);
            codes = day.Codes;
            yield return (date, day);
        }
    }

    private static string Text(DateOnly date) => date.ToString("O", CultureInfo.InvariantCulture);
}
