using IotGateway.Science.Fire.Behaviour;
using IotGateway.Science.Fire.Fuels;
using IotGateway.Science.Fire.Growth;
using IotGateway.Tables;

namespace IotGateway.Analyst.Vectors;

/// <summary>
/// One case of the FBP test set, with the conventions of its file: a missing composition means the fuel
/// type's own, a missing direction 0, hours since ignition in hr, and acceleration where Accel is 1.
/// </summary>
internal sealed class FbpCase
{
    private readonly Stand _stand;
    private readonly FireBehaviour _fire;
    private readonly FireGrowth? _growth;
    private readonly int _dayOfMinimum;
    private readonly double _foliarMoisture;
    private readonly BehaviourWeather _weather;
    private readonly double _slopePercent;

    public FbpCase(TableRow r, FuelType? everywhere)
    {
        _stand = new Stand(everywhere ?? FuelNames.Parse(r.Text("FuelType")))
        {
            ConiferPercent = r.FigureOr("PC", 50),
            DeadFirPercent = r.FigureOr("PDF", 35),
            GrassLoad = r.FigureOr("GFL", 0.35),
            CuringPercent = r.FigureOr("cc", 80),
            CrownBaseMetres = r.Known("CBH") ? r.Figure("CBH") : null,
            CrownLoad = r.Known("CFL") ? r.Figure("CFL") : null,
        };
        _weather = new BehaviourWeather(r.Figure("FFMC"), r.Figure("BUI"), r.Figure("WS"), r.FigureOr("WD", 0));
        _slopePercent = r.FigureOr("GS", 0);
        var terrain = new Terrain(_slopePercent, r.FigureOr("Aspect", 0));
        _dayOfMinimum = r.Known("D0")
            ? r.Whole("D0")
            : FoliarMoisture.DayOfMinimum(r.Figure("LAT"), r.Figure("LONG"), r.FigureOr("ELV", 0));
        _foliarMoisture = FoliarMoisture.Percent(r.Whole("Dj"), _dayOfMinimum);
        var buildup = r.Text("BUIEff") == "1";
        _fire = FbpSystem.Predict(_stand, _weather, terrain, _foliarMoisture, buildup);
        _growth = _stand.Burns
            ? FireGrowth.After(
                _stand, _weather, terrain, _foliarMoisture, TimeSpan.FromHours(r.Figure("hr")), r.Text("Accel") == "1", buildup)
            : null;
    }

    public string Description => _fire.Description switch
    {
        FireDescription.Surface => "S",
        FireDescription.Intermittent => "I",
        FireDescription.Crown => "C",
        _ => "NA",
    };

    /// <summary>Every output under its column's name.</summary>
    public IEnumerable<(string Column, double Value)> Values()
    {
        var crowns = _fire.CriticalRate > 0;
        return
        [
            ("CFB", _fire.CrownFractionBurned), ("CFC", _fire.CrownConsumption), ("HFI", _fire.HeadFireIntensity),
            ("RAZ", _fire.SpreadAzimuthDegrees), ("ROS", _fire.RateOfSpread), ("SFC", _fire.SurfaceConsumption),
            ("TFC", _fire.TotalConsumption), ("BE", _fire.BuildupEffect), ("ISI", _fire.Isi), ("WSV", _fire.NetWindKilometresPerHour),
            ("CSI", _fire.CriticalIntensity), ("RSO", _fire.CriticalRate),
            ("FFMC", _stand.Burns ? _weather.Ffmc : 0),
            ("FMC", crowns ? _foliarMoisture : 0), ("D0", crowns ? _dayOfMinimum : 0),
            .. Secondary(),
        ];
    }

    private IEnumerable<(string Column, double Value)> Secondary()
    {
        if (_growth is not { } g)
        {
            return "SF FROS BROS HROSt FROSt BROSt FCFB BCFB FFI BFI FTFC BTFC TI FTI BTI LB LBt DH DB DF TROS TROSt TCFB TFI TTFC TTI"
                .Split(' ').Select(c => (c, 0.0));
        }

        var aside = FireGrowth.Front(
            _stand, _fire, Aside(g.Head.RateOfSpread, g.LengthToBreadth), Aside(g.Head.RateNow, g.LengthToBreadthNow));
        return
        [
            ("SF", _slopePercent > 0 ? SlopeFactor.Of(_slopePercent) : 1),
            ("TROS", aside.RateOfSpread), ("TROSt", aside.RateNow), ("TCFB", aside.CrownFractionBurned),
            ("TFI", aside.Intensity), ("TTFC", aside.Consumption), ("TTI", aside.MinutesToCrowning),
            ("FROS", g.Flank.RateOfSpread), ("BROS", g.Back.RateOfSpread),
            ("HROSt", g.Head.RateNow), ("FROSt", g.Flank.RateNow), ("BROSt", g.Back.RateNow),
            ("FCFB", g.Flank.CrownFractionBurned), ("BCFB", g.Back.CrownFractionBurned),
            ("FFI", g.Flank.Intensity), ("BFI", g.Back.Intensity),
            ("FTFC", g.Flank.Consumption), ("BTFC", g.Back.Consumption),
            ("TI", g.Head.MinutesToCrowning), ("FTI", g.Flank.MinutesToCrowning), ("BTI", g.Back.MinutesToCrowning),
            ("LB", g.LengthToBreadth), ("LBt", g.LengthToBreadthNow),
            ("DH", g.HeadMetres), ("DB", g.BackMetres), ("DF", g.FlankMetres),
        ];
    }

    /// <summary>
    /// Rate at an angle as the reference has it: from an ellipse with the ignition at its rear focus, whatever the back's rate, and at an
    /// angle in radians that it fills with the azimuth in degrees. Neither is ours.
    /// </summary>
    private double Aside(double head, double lengthToBreadth)
    {
        var eccentricity = Math.Sqrt(1 - 1 / (lengthToBreadth * lengthToBreadth));
        return head * (1 - eccentricity) / (1 - eccentricity * Math.Cos(_fire.SpreadAzimuthDegrees));
    }
}
