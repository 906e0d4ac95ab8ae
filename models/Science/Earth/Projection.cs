namespace IotGateway.Science.Earth;

/// <summary>Map projection: the places on Earth of a grid's eastings and northings, and back.</summary>
public abstract record Projection
{
    /// <summary>Easting and northing, m, of a place.</summary>
    public abstract (double East, double North) ToPlane(GeoPoint place);

    /// <summary>
    /// The place of an easting and a northing. The longitude is continuous over the figure, so that it may pass
    /// 180: whoever writes it out cuts it there.
    /// </summary>
    public abstract GeoPoint ToGeo(double east, double north);

    /// <summary>The projection of an EPSG code.</summary>
    /// <exception cref="InputException">The code is not that of a WGS 84 UTM zone.</exception>
    public static Projection OfEpsg(int code) => code switch
    {
        >= 32601 and <= 32660 => new UtmProjection(code - 32600, South: false),
        >= 32701 and <= 32760 => new UtmProjection(code - 32700, South: true),
        _ => throw new InputException("projection (EPSG)", code, "32601 to 32660 or 32701 to 32760, UTM on WGS 84, in metres"),
    };
}
