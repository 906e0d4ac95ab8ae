using System.Globalization;
using IotGateway.Science.Earth;
using IotGateway.Science.Fire.Ensemble;
using IotGateway.Science.Fire.Fuels;
using IotGateway.Science.Fire.Ground;
using SkiaSharp;

namespace IotGateway.Analyst.Spread;

/// <summary>Draws burn probability as a map: classes of colour, isochrones of the median, legend, scale and north.</summary>
internal sealed class SpreadMap(
    BurnProbability burns, Landscape landscape, IReadOnlyList<int> alight, IReadOnlyList<(string Name, GeoPoint Place)> assets)
{
    private const int MapSize = 900;
    private const int Margin = 24;
    private const int LegendWidth = 330;

    /// <summary>Five steps from light to dark, apart for the colour-blind too (ColorBrewer YlOrRd).</summary>
    private static readonly (double From, string Label, SKColor Colour)[] Classes =
    [
        (0.95, "95 % and more", new SKColor(0x80, 0x00, 0x26)),
        (0.75, "75 – 95 %", new SKColor(0xE3, 0x1A, 0x1C)),
        (0.50, "50 – 75 %", new SKColor(0xFD, 0x8D, 0x3C)),
        (0.25, "25 – 50 %", new SKColor(0xFE, 0xCC, 0x5C)),
        (0.05, "5 – 25 %", new SKColor(0xFF, 0xF3, 0xA6)),
    ];

    private readonly MapWindow _window = MapWindow.Of(burns, alight);

    private float Scale => (float)MapSize / _window.Side;

    /// <summary>Writes the map; where the machine has no font, it has no words, and the answer is false.</summary>
    public bool Write(string path)
    {
        using var face = SKTypeface.FromFamilyName("DejaVu Sans") ?? SKTypeface.Default;
        var hasFont = face is not null && face.ContainsGlyph('A');
        using var surface = SKSurface.Create(new SKImageInfo(MapSize + 3 * Margin + LegendWidth, MapSize + 2 * Margin));
        var canvas = surface.Canvas;
        canvas.Clear(SKColors.White);
        canvas.Save();
        canvas.ClipRect(SKRect.Create(Margin, Margin, MapSize, MapSize));
        canvas.Translate(Margin, Margin);
        DrawCells(canvas);
        DrawIsochrones(canvas);
        DrawMarks(canvas, hasFont ? face : null);
        canvas.Restore();
        using var frame = new SKPaint { Style = SKPaintStyle.Stroke, Color = SKColors.Black, StrokeWidth = 1.5f };
        canvas.DrawRect(Margin, Margin, MapSize, MapSize, frame);
        new MapLegend(canvas, hasFont ? face : null, MapSize + 2 * Margin, Margin).Draw(
            burns, Classes.Select(c => (c.Label, c.Colour)), IsochroneHours(), MapSize / (_window.Side * burns.Frame.CellMetres), Place());
        using var image = surface.Snapshot();
        using var data = image.Encode(SKEncodedImageFormat.Png, 90);
        using var file = File.Create(path);
        data.SaveTo(file);
        return hasFont;
    }

    private string Place()
    {
        var c = burns.Frame.Corner(alight[0] % burns.Frame.Columns + 0.5, alight[0] / burns.Frame.Columns + 0.5);
        return string.Create(CultureInfo.InvariantCulture,
            $"{Math.Abs(c.LatitudeDegrees):0.0000}° {(c.LatitudeDegrees < 0 ? 'S' : 'N')}, {Math.Abs(c.LongitudeDegrees):0.0000}° "
                + $"{(c.LongitudeDegrees < 0 ? 'W' : 'E')}");
    }

    private void DrawCells(SKCanvas canvas)
    {
        var frame = burns.Frame;
        using var bitmap = new SKBitmap(_window.Side, _window.Side);
        for (var y = 0; y < _window.Side; y++)
        {
            for (var x = 0; x < _window.Side; x++)
            {
                var (column, row) = (_window.Left + x, _window.Top + y);
                var onGrid = column >= 0 && row >= 0 && column < frame.Columns && row < frame.Rows;
                bitmap.SetPixel(x, y, onGrid ? Colour(row * frame.Columns + column) : MapLegend.Beyond);
            }
        }

        using var image = SKImage.FromBitmap(bitmap);
        canvas.DrawImage(image, SKRect.Create(MapSize, MapSize), new SKSamplingOptions(SKFilterMode.Nearest));
    }

    private SKColor Colour(int cell)
    {
        var probability = burns.ByMinute(cell);
        foreach (var (from, _, colour) in Classes)
        {
            if (probability >= from)
                return colour;
        }

        return landscape[cell].Stand.Fuel switch
        {
            FuelType.Water => MapLegend.Water,
            FuelType.NonFuel => MapLegend.NonFuel,
            _ => MapLegend.Fuel,
        };
    }

    /// <summary>At most six isochrones, at whole hours.</summary>
    private double[] IsochroneHours()
    {
        var hours = burns.HorizonMinutes / 60;
        var step = Math.Max(1, Math.Ceiling(hours / 6));
        return [.. Enumerable.Range(1, (int)(hours / step)).Select(i => i * step)];
    }

    private void DrawIsochrones(SKCanvas canvas)
    {
        using var line = new SKPaint { Style = SKPaintStyle.Stroke, Color = SKColors.Black, StrokeWidth = 1.6f, IsAntialias = true };
        foreach (var hour in IsochroneHours())
        {
            foreach (var ring in CellEdges.Rings(burns.Frame, cell => burns.ByMinute(cell, hour * 60) >= 0.5))
            {
                using var path = new SKPath();
                path.AddPoly([.. ring.Select(c => new SKPoint((c.Column - _window.Left) * Scale, (c.Row - _window.Top) * Scale))]);
                canvas.DrawPath(path, line);
            }
        }
    }

    private void DrawMarks(SKCanvas canvas, SKTypeface? face)
    {
        using var fill = new SKPaint { Color = SKColors.Black, IsAntialias = true };
        using var halo = new SKPaint { Color = SKColors.White, IsAntialias = true };
        foreach (var cell in alight.Count <= 20 ? alight : [])
            Dot(cell, 5);
        foreach (var (name, place) in assets)
        {
            var cell = burns.Frame.CellAt(place, name);
            Dot(cell, 6);
            if (face is null)
                continue;
            using var font = new SKFont(face, 15);
            var at = At(cell);
            canvas.DrawText(name, at.X + 10, at.Y + 5, font, fill);
        }

        void Dot(int cell, float radius)
        {
            canvas.DrawCircle(At(cell), radius + 2, halo);
            canvas.DrawCircle(At(cell), radius, fill);
        }
    }

    private SKPoint At(int cell) => new(
        (cell % burns.Frame.Columns + 0.5f - _window.Left) * Scale, (cell / burns.Frame.Columns + 0.5f - _window.Top) * Scale);
}
