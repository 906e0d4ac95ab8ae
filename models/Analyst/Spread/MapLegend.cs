using System.Globalization;
using IotGateway.Science.Fire.Ensemble;
using SkiaSharp;

namespace IotGateway.Analyst.Spread;

/// <summary>Legend beside the map: title, classes, isochrones, scale, north, and what the map is not.</summary>
internal sealed class MapLegend(SKCanvas canvas, SKTypeface? face, float left, float top)
{
    public static readonly SKColor Fuel = new(0xDD, 0xE8, 0xD5);
    public static readonly SKColor Water = new(0x9E, 0xC9, 0xE8);
    public static readonly SKColor NonFuel = new(0xA8, 0xA8, 0xA8);
    public static readonly SKColor Beyond = new(0xF2, 0xF2, 0xF2);
    private float _y = top;

    public void Draw(
        BurnProbability burns, IEnumerable<(string Label, SKColor Colour)> classes, double[] hours, double pixelsPerMetre, string place)
    {
        Text("Burn probability", 24, bold: true);
        Text(
            string.Create(CultureInfo.InvariantCulture, $"within {burns.HorizonMinutes / 60:0} h of ignition, {burns.Members} members"),
            15);
        Text("ignition at " + place, 15);
        _y += 14;
        foreach (var (label, colour) in classes)
            Swatch(label, colour);
        _y += 10;
        Swatch("fuel, under 5 %", Fuel);
        Swatch("does not burn", NonFuel);
        Swatch("water", Water);
        Swatch("beyond the grid", Beyond);
        _y += 10;
        using (var line = new SKPaint { Style = SKPaintStyle.Stroke, StrokeWidth = 1.6f, Color = SKColors.Black })
            canvas.DrawLine(left, _y + 12, left + 34, _y + 12, line);
        Text("reached in half of the members", 15, 44);
        Text("after " + string.Join(", ", hours.Select(h => h.ToString("0", CultureInfo.InvariantCulture))) + " h", 15, 44);
        using (var dot = new SKPaint { Color = SKColors.Black, IsAntialias = true })
            canvas.DrawCircle(left + 17, _y + 12, 5, dot);
        Text("ignition or named place", 15, 44);
        _y += 24;
        Bar(pixelsPerMetre);
        _y += 30;
        North();
        _y += 20;
        Text("Modelled with the FBP System. Rates of", 13);
        Text("spread err by 20 to 310 % in trials; no", 13);
        Text("spotting, no suppression. Not an order.", 13);
    }

    private void Text(string text, float size, float indent = 0, bool bold = false)
    {
        _y += size * 1.5f;
        if (face is null)
            return;
        using var font = new SKFont(face, size) { Embolden = bold };
        using var ink = new SKPaint { Color = SKColors.Black, IsAntialias = true };
        canvas.DrawText(text, left + indent, _y - size * 0.4f, font, ink);
    }

    private void Swatch(string label, SKColor colour)
    {
        using var fill = new SKPaint { Color = colour };
        using var edge = new SKPaint { Style = SKPaintStyle.Stroke, Color = SKColors.DimGray };
        canvas.DrawRect(left, _y + 3, 34, 18, fill);
        canvas.DrawRect(left, _y + 3, 34, 18, edge);
        Text(label, 15, 44);
        _y += 3;
    }

    /// <summary>A bar of 1, 2 or 5 times a power of ten, about a third of the legend wide.</summary>
    private void Bar(double pixelsPerMetre)
    {
        var most = 260 / pixelsPerMetre;
        var power = Math.Pow(10, Math.Floor(Math.Log10(most)));
        var metres = power * (most / power >= 5 ? 5 : most / power >= 2 ? 2 : 1);
        var pixels = (float)(metres * pixelsPerMetre);
        using var ink = new SKPaint { Color = SKColors.Black };
        canvas.DrawRect(left, _y, pixels, 5, ink);
        canvas.DrawRect(left, _y - 4, 2, 13, ink);
        canvas.DrawRect(left + pixels - 2, _y - 4, 2, 13, ink);
        _y += 6;
        Text(metres >= 1000 ? FormattableString.Invariant($"{metres / 1000:0.#} km") : FormattableString.Invariant($"{metres:0} m"), 15);
    }

    private void North()
    {
        using var ink = new SKPaint { Color = SKColors.Black, IsAntialias = true };
        using var arrow = new SKPath();
        arrow.AddPoly(
            [new SKPoint(left + 17, _y), new SKPoint(left + 29, _y + 40), new SKPoint(left + 17, _y + 31), new SKPoint(left + 5, _y + 40)]);
        canvas.DrawPath(arrow, ink);
        _y += 12;
        Text("N (grid north)", 15, 44);
        _y += 14;
    }
}
