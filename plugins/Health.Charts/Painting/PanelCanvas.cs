using SkiaSharp;

namespace EdgeHost.Plugins.Health.Charts.Painting;

/// <summary>What layers draw on. Lengths are in points. Not thread-safe.</summary>
internal sealed class PanelCanvas(SKCanvas canvas, ChartFrame frame, ChartTheme theme, ChartTexts texts, float pixelsPerPoint)
{
    /// <summary>Size of what is written beside values.</summary>
    public const float SmallText = 10.5f;

    /// <summary>Width of the sign of a layer in the legend.</summary>
    public const float SignWidth = 16;

    /// <summary>Its height.</summary>
    public const float SignHeight = 10;

    /// <summary>The picture.</summary>
    public SKCanvas Canvas => canvas;

    /// <summary>Where the values are.</summary>
    public ChartFrame Frame => frame;

    /// <summary>The colours.</summary>
    public ChartTheme Theme => theme;

    /// <summary>Pixels of a point.</summary>
    public float PixelsPerPoint => pixelsPerPoint;

    /// <summary>Writes a text with its base line at a height.</summary>
    public void Text(string text, float x, float baseline, SKTextAlign align, SKColor color, float size) => texts.Draw(canvas, text, x, baseline, align, color, size);
}
