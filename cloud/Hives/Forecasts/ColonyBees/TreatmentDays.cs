using IotGateway.Cloud.Hives.Visits;
using IotGateway.Science.Hive.Colony;
using IotGateway.Science.Hive.Colony.Biology;

namespace IotGateway.Cloud.Hives.Forecasts.ColonyBees;

/// <summary>Treatments as days of the colony model.</summary>
internal static class TreatmentDays
{
    /// <summary>Lays a treatment over days from one on; false for one whose strength the model does not know.</summary>
    public static bool Lay(List<ColonyDay> days, int first, TreatmentMeans means)
    {
        if (Known(means) is not { } treatment)
            return means is TreatmentMeans.Antibiotic;
        for (var day = first; day < Math.Min(first + treatment.Days, days.Count); day++)
        {
            days[day] = days[day] with
            {
                Work = days[day].Work with
                {
                    KilledOnBees = treatment.OnBees,
                    KilledInCells = treatment.InCells,
                    TreatmentBegins = day == first,
                },
            };
        }

        return true;
    }

    private static MiteTreatment? Known(TreatmentMeans means) => means switch
    {
        TreatmentMeans.OxalicAcid => MiteTreatment.OxalicAcid,
        TreatmentMeans.FormicAcid => MiteTreatment.FormicAcid,
        TreatmentMeans.Thymol => MiteTreatment.Thymol,
        TreatmentMeans.Amitraz => MiteTreatment.Amitraz,
        _ => null,
    };
}
