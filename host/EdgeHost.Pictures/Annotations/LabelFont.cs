using SkiaSharp;

namespace EdgeHost.Pictures.Annotations;

/// <summary>
/// Letters for names: Latin ones from a font that is part of this project, since a device need not have any; others from the fonts that are installed. What no font has is left out. Not thread-safe.
/// </summary>
internal sealed class LabelFont : IDisposable
{
    private readonly SKTypeface _latin;
    private readonly SKFont _font;
    private readonly Dictionary<int, SKFont?> _others = [];

    public LabelFont(float size)
    {
        using var stream = typeof(LabelFont).Assembly.GetManifestResourceStream("labels.ttf")!;
        _latin = SKTypeface.FromStream(stream);
        _font = new SKFont(_latin, size);
    }

    /// <summary>Pixels of the letter M and its like.</summary>
    public float Size => _font.Size;

    /// <summary>Pixels from the top of the highest letter to the bottom of the lowest.</summary>
    public float Height => _font.Metrics.Descent - _font.Metrics.Ascent;

    /// <summary>The width of a text in pixels.</summary>
    public float Measure(string text) => Runs(text).Sum(static run => run.Font.MeasureText(run.Text));

    /// <summary>Draws a text whose top left corner is given.</summary>
    public void Draw(SKCanvas canvas, string text, float left, float top, SKPaint paint)
    {
        var baseline = top - _font.Metrics.Ascent;
        foreach (var (run, font) in Runs(text))
        {
            canvas.DrawText(run, left, baseline, SKTextAlign.Left, font, paint);
            left += font.MeasureText(run);
        }
    }

    public void Dispose()
    {
        foreach (var font in _others.Values.Distinct()) font?.Dispose();
        _font.Dispose();
        _latin.Dispose();
    }

    // Neighbours of one font are one run.
    private IEnumerable<(string Text, SKFont Font)> Runs(string text)
    {
        var start = 0;
        SKFont? current = null;
        var at = 0;
        foreach (var rune in text.EnumerateRunes())
        {
            var font = FontFor(rune.Value);
            if (font != current)
            {
                if (current is not null) yield return (text[start..at], current);
                (start, current) = (at, font);
            }

            at += rune.Utf16SequenceLength;
        }

        if (current is not null) yield return (text[start..], current);
    }

    private SKFont? FontFor(int character)
    {
        if (_font.ContainsGlyph(character)) return _font;
        if (_others.TryGetValue(character, out var known)) return known;
        var shared = _others.Values.FirstOrDefault(font => font?.ContainsGlyph(character) == true);
        var font = shared ?? InstalledFonts.Find(character, _font.Size);
        _others[character] = font;
        return font;
    }
}
