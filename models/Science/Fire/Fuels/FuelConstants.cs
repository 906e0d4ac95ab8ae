using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using IotGateway.Science.Fire.Vectorised;
using static System.Math;

namespace IotGateway.Science.Fire.Fuels;

/// <summary>
/// The constants of one fuel type. Rate-of-spread a, b, c: ST-X-3 table 6 (M-3 and M-4: GLC-X-10, at 100 %
/// dead fir); q and BUI0: table 7; crown base height and crown fuel load: table 8.
/// </summary>
[StructLayout(LayoutKind.Auto)]
internal readonly struct FuelConstants(
    double a, double b, double c, double q, double averageBui, double crownBaseMetres, double crownLoad, bool open)
{
    /// <summary>Rate of spread that no wind exceeds, m/min.</summary>
    public readonly double A = a;

    /// <summary>Pace at which the rate rises with ISI.</summary>
    public readonly double B = b;

    /// <summary>The shape of its start.</summary>
    public readonly double C = c;

    /// <summary>2 · c where that is whole, so that no power is needed; 0 elsewhere.</summary>
    private readonly int _twiceC = c * 2 == (int)(c * 2) ? (int)(c * 2) : 0;

    private readonly double _inverseB = 1 / b;
    private readonly double _inverseC = 1 / c;

    /// <summary>50 · ln q, of the buildup effect (eq. 54).</summary>
    public readonly double BuildupSlope = 50 * Log(q);

    /// <summary>1 / BUI0, at which the buildup effect is 1.</summary>
    public readonly double InverseAverageBui = 1 / averageBui;

    /// <summary>Height of the live crown base, m; 0 where there is no crown.</summary>
    public readonly double CrownBaseMetres = crownBaseMetres;

    /// <summary>Crown fuel load, kg/m².</summary>
    public readonly double CrownLoad = crownLoad;

    /// <summary>True of an open stand, in which a point fire accelerates alike with and without crowning.</summary>
    public readonly bool Open = open;

    private static readonly FuelConstants[] Table =
    [
        default,
        default,
        new(90, 0.0649, 4.5, 0.90, 72, 2, 0.75, open: true),
        new(110, 0.0282, 1.5, 0.70, 64, 3, 0.80, open: false),
        new(110, 0.0444, 3.0, 0.75, 62, 8, 1.15, open: false),
        new(110, 0.0293, 1.5, 0.80, 66, 4, 1.20, open: false),
        new(30, 0.0697, 4.0, 0.80, 56, 18, 1.20, open: false),
        new(30, 0.0800, 3.0, 0.80, 62, 7, 1.80, open: false),
        new(45, 0.0305, 2.0, 0.85, 106, 10, 0.50, open: false),
        new(30, 0.0232, 1.6, 0.90, 32, 0, 0, open: false),
        new(110, 0.0282, 1.5, 0.80, 50, 6, 0.80, open: false),
        new(110, 0.0282, 1.5, 0.80, 50, 6, 0.80, open: false),
        new(120, 0.0572, 1.4, 0.80, 50, 6, 0.80, open: false),
        new(100, 0.0404, 1.48, 0.80, 50, 6, 0.80, open: false),
        new(190, 0.0310, 1.4, 1, 1, 0, 0, open: true),
        new(250, 0.0350, 1.7, 1, 1, 0, 0, open: true),
        new(75, 0.0297, 1.3, 0.75, 38, 0, 0, open: true),
        new(40, 0.0438, 1.7, 0.75, 63, 0, 0, open: true),
        new(55, 0.0829, 3.2, 0.75, 31, 0, 0, open: true),
    ];

    public static ref readonly FuelConstants Of(FuelType fuel) => ref Table[(int)fuel];

    /// <summary>Rate of spread on level ground without the buildup effect, m/min (eq. 26).</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public Lanes Rate(Lanes isi)
    {
        var share = 1 - LaneMath.Exp(-B * isi);
        return A * _twiceC switch
        {
            3 => share * LaneMath.Sqrt(share),
            4 => share * share,
            6 => share * share * share,
            8 => share * share * (share * share),
            9 => share * share * (share * share) * LaneMath.Sqrt(share),
            _ => LaneMath.Pow(share, C),
        };
    }

    /// <summary>
    /// The ISI that gives the rate of another ISI times a factor (eq. 40 to 42), where the rate nears its limit
    /// taken at 1 % below it (GLC-X-10). Eq. 26 in eq. 41, (RSZ · SF / a)^(1/c), is (1 − e^(−b·ISZ)) · SF^(1/c): the
    /// powers to c and to 1/c cancel, and of the factor only its logarithm is needed.
    /// </summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public Lanes IsiOfSteeper(Lanes isi, Lanes logarithmOfFactor)
    {
        var left = 1 - (1 - LaneMath.Exp(-B * isi)) * LaneMath.Exp(logarithmOfFactor * _inverseC);
        return LaneMath.Log(LaneMath.Max(left, 0.01)) * -_inverseB;
    }

    /// <summary>Buildup effect on the rate of spread (eq. 54); 1 where nothing has built up.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public Lanes BuildupEffect(Lanes bui) => BuildupSlope != 0
        ? LaneMath.Where(bui > 0, LaneMath.Exp(BuildupSlope * (1 / bui - InverseAverageBui)), 1)
        : 1;
}
