using IotGateway.Science.Hive.Colony.Model;

namespace IotGateway.Science.Hive.Colony.Sensing;

/// <summary>Errors of what people see and count, and the likelihood of it for a colony.</summary>
internal static class Sight
{
    /// <summary>Bees on a frame that is covered on both sides (Burgett and Burikam 1985: 2,430 on a Langstroth frame).</summary>
    public const double BeesAFrame = 2430;

    /// <summary>Cells with brood on a frame of brood: about two thirds of its 6,800 (Delaplane et al. 2013).</summary>
    public const double CellsAFrame = 4500;

    /// <summary>Standard deviation of an estimate of frames of bees, as a logarithm.</summary>
    public const double FramesOfBees = 0.2;

    /// <summary>The same of frames of brood.</summary>
    public const double FramesOfBrood = 0.3;

    /// <summary>Standard deviation of an estimate of food, kg.</summary>
    public const double StoresKilograms = 2.5;

    /// <summary>
    /// Shape of the gamma distribution by which the mites of a sample differ from the colony's mean: a wash is a negative binomial.
    /// </summary>
    public const int WashShape = 10;

    private const double FewestFrames = 0.1;

    /// <summary>Logarithm of the likelihood of an inspection, but for a constant.</summary>
    public static double Likelihood(in Inspection seen, in ColonyState colony)
    {
        var sum = 0.0;
        if (!double.IsNaN(seen.FramesOfBees))
            sum -= Half((Log(seen.FramesOfBees) - Log(colony.Bees / BeesAFrame)) / FramesOfBees);
        if (!double.IsNaN(seen.FramesOfBrood))
            sum -= Half((Log(seen.FramesOfBrood) - Log(colony.BroodCells / CellsAFrame)) / FramesOfBrood);
        if (!double.IsNaN(seen.StoresKilograms))
            sum -= Half((seen.StoresKilograms - (colony.StoresGrams / 1000)) / StoresKilograms);
        return seen.BeesWashed > 0 ? sum + Wash(seen, colony) : sum;
    }

    /// <summary>Logarithm of a number of frames, of which less than a tenth is not told apart.</summary>
    public static double Log(double frames) => Math.Log(Math.Max(frames, FewestFrames));

    private static double Wash(in Inspection seen, in ColonyState colony)
    {
        var mean = Math.Max(seen.BeesWashed * colony.MitesPerHundred / 100, 0.001);
        return (seen.MitesWashed * Math.Log(mean / (mean + WashShape))) - (WashShape * Math.Log(1 + (mean / WashShape)));
    }

    private static double Half(double deviation) => 0.5 * deviation * deviation;
}
