using SkiaSharp;

namespace EdgeHost.Plugins.Health.Charts.Fonts;

/// <summary>
/// The font of labels, which the library brings (Fonts/README.md), so that charts look alike everywhere, also where no font is installed. It has the characters of the texts that are drawn and
/// no others. Thread-safe.
/// </summary>
public sealed class ChartFont : IDisposable
{
    private const string Resource = "chart-labels.ttf";

    private readonly SKTypeface _typeface = Load();

    /// <summary>The characters of a text that the font does not have.</summary>
    public IReadOnlyList<string> MissingIn(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        using var font = Of(12);
        return [.. text.EnumerateRunes().Where(rune => font.GetGlyph(rune.Value) == 0).Select(static rune => rune.ToString()).Distinct(StringComparer.Ordinal)];
    }

    /// <inheritdoc/>
    public void Dispose() => _typeface.Dispose();

    /// <summary>The font at a size; the caller disposes it.</summary>
    internal SKFont Of(float size) => new(_typeface, size) { Edging = SKFontEdging.Antialias, Subpixel = true, Hinting = SKFontHinting.None };

    private static SKTypeface Load()
    {
        using var stream = typeof(ChartFont).Assembly.GetManifestResourceStream(Resource) ?? throw new InvalidOperationException($"The assembly has no '{Resource}'.");
        using var data = SKData.Create(stream);
        return SKTypeface.FromData(data) ?? throw new InvalidOperationException($"'{Resource}' is no font.");
    }
}
