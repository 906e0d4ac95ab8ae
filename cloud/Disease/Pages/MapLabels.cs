namespace IotGateway.Cloud.Disease.Pages;

/// <summary>
/// Labels of a map beside their circles, only where they cover neither a circle nor another label; the table has all names.
/// </summary>
internal sealed class MapLabels(double side)
{
    /// <summary>Widest that a letter of the label's type is on average.</summary>
    private const double LetterWidth = 6.4;

    private const double Height = 13;
    private const double Apart = 4;
    private readonly List<(double Left, double Top, double Right, double Bottom)> _taken = [];

    /// <summary>Keeps a circle free.</summary>
    public void Keep((double X, double Y) at, double radius) => _taken.Add((at.X - radius, at.Y - radius, at.X + radius, at.Y + radius));

    /// <summary>The left end of a label's line, right of its circle or left of it; null where there is no room.</summary>
    public (double X, double Y)? Place(string text, (double X, double Y) at, double radius)
    {
        var width = text.Length * LetterWidth;
        double[] starts = [at.X + radius + Apart, at.X - radius - Apart - width];
        foreach (var left in starts)
        {
            var box = (Left: left, Top: at.Y - (Height / 2), Right: left + width, Bottom: at.Y + (Height / 2));
            if (left < 0 || box.Right > side || _taken.Exists(t =>
                t.Left < box.Right && box.Left < t.Right && t.Top < box.Bottom && box.Top < t.Bottom))
                continue;
            _taken.Add(box);
            return (left, at.Y + Apart);
        }

        return null;
    }
}
