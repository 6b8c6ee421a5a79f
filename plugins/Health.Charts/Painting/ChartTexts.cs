using EdgeHost.Plugins.Health.Charts.Fonts;
using SkiaSharp;

namespace EdgeHost.Plugins.Health.Charts.Painting;

/// <summary>Measures and writes the texts of one chart. Not thread-safe; disposed with the chart.</summary>
internal sealed class ChartTexts(ChartFont font) : IDisposable
{
    private const string Ellipsis = "…";

    private readonly Dictionary<(float Size, bool IsBold), SKFont> _fonts = [];

    public void Dispose()
    {
        foreach (var one in _fonts.Values) one.Dispose();
    }

    /// <summary>How wide a text is.</summary>
    public float WidthOf(string text, float size, bool isBold = false) => Of(size, isBold).MeasureText(text);

    /// <summary>Writes a text with its base line at a height.</summary>
    public void Draw(SKCanvas canvas, string text, float x, float baseline, SKTextAlign align, SKColor color, float size, bool isBold = false)
    {
        using var paint = new SKPaint { Color = color, IsAntialias = true };
        canvas.DrawText(text, x, baseline, align, Of(size, isBold), paint);
    }

    /// <summary>A text, or as much of it as fits, with dots.</summary>
    public string Fit(string text, float width, float size, bool isBold = false)
    {
        if (WidthOf(text, size, isBold) <= width) return text;
        var length = text.Length;
        while (length > 0 && WidthOf(text[..length] + Ellipsis, size, isBold) > width) length--;
        return text[..length] + Ellipsis;
    }

    private SKFont Of(float size, bool isBold)
    {
        if (_fonts.TryGetValue((size, isBold), out var known)) return known;
        var made = font.Of(size);
        made.Embolden = isBold;
        return _fonts[(size, isBold)] = made;
    }
}
