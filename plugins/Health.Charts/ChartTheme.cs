using SkiaSharp;

namespace EdgeHost.Plugins.Health.Charts;

/// <summary>
/// The colours of charts. Series have the colours of Okabe and Ito (2008, Color Universal Design), which people with the usual kinds of colour blindness tell apart, brightened on dark ground.
/// Immutable.
/// </summary>
public sealed class ChartTheme
{
    // How much of its colour a region of values has, the line at its end, and its name.
    private const double RegionStrength = 0.16;
    private const double EdgeStrength = 0.45;
    private const double LabelStrength = 0.6;

    private readonly SKColor[] _colors;

    private ChartTheme(uint background, uint text, uint muted, uint grid, params uint[] colors)
        => (Background, Text, Muted, Grid, _colors) = (background, text, muted, grid, [.. colors.Select(static color => (SKColor)color)]);

    /// <summary>Dark on white, also for printing.</summary>
    public static ChartTheme Light { get; } = new(
        0xFFFFFFFF, 0xFF1B2430, 0xFF5B6875, 0xFFE1E5EA, 0xFF0072B2, 0xFFD55E00, 0xFF7B4FA3, 0xFF5B6875, 0xFF009E73, 0xFFE6A700, 0xFFE06010, 0xFFC62828);

    /// <summary>Light on dark.</summary>
    public static ChartTheme Dark { get; } = new(
        0xFF11171E, 0xFFE8ECF1, 0xFF9AA7B5, 0xFF2B353F, 0xFF56B4E9, 0xFFFF9A57, 0xFFC79BE8, 0xFF9AA7B5, 0xFF2FC79A, 0xFFF2C230, 0xFFFF8A3D, 0xFFFF6B6B);

    internal SKColor Background { get; }

    internal SKColor Text { get; }

    internal SKColor Muted { get; }

    internal SKColor Grid { get; }

    internal SKColor Of(ChartColor color) => _colors[(int)color];

    /// <summary>The opaque colour of a region of values.</summary>
    internal SKColor RegionOf(ChartColor color) => Mix(Background, Of(color), RegionStrength);

    /// <summary>The colour of the line at a region's end.</summary>
    internal SKColor EdgeOf(ChartColor color) => Mix(Background, Of(color), EdgeStrength);

    /// <summary>The colour of a region's name, which is read on the ground.</summary>
    internal SKColor LabelOf(ChartColor color) => Mix(Text, Of(color), LabelStrength);

    private static SKColor Mix(SKColor ground, SKColor color, double strength)
    {
        byte Between(byte under, byte over) => (byte)Math.Round(under + ((over - under) * strength));
        return new SKColor(Between(ground.Red, color.Red), Between(ground.Green, color.Green), Between(ground.Blue, color.Blue));
    }
}
