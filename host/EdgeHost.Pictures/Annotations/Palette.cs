using SkiaSharp;

namespace EdgeHost.Pictures.Annotations;

/// <summary>Colours that names keep from picture to picture.</summary>
internal static class Palette
{
    // The eight colours of Okabe and Ito (2008) but black, which people who see colours differently can tell apart.
    private static readonly SKColor[] Colours =
        [new(0xE69F00), new(0x56B4E9), new(0x009E73), new(0xF0E442), new(0x0072B2), new(0xD55E00), new(0xCC79A7), new(0xFFFFFF)];

    /// <summary>The colour of a name: the same for the same name, whatever the process.</summary>
    public static SKColor ColourOf(string? name)
    {
        // FNV-1a: the runtime's own hash of a text is another one in each process.
        var hash = 2166136261u;
        foreach (var character in name ?? string.Empty) hash = (hash ^ character) * 16777619;
        return Colours[hash % (uint)Colours.Length].WithAlpha(byte.MaxValue);
    }

    /// <summary>Black or white: what stands out from a colour more, by relative luminance (WCAG 2.2; both contrasts are equal at 0.179).</summary>
    public static SKColor RimOf(SKColor colour)
        => (0.2126 * Linear(colour.Red)) + (0.7152 * Linear(colour.Green)) + (0.0722 * Linear(colour.Blue)) > 0.179 ? SKColors.Black : SKColors.White;

    private static double Linear(byte value)
    {
        var share = value / 255.0;
        return share <= 0.04045 ? share / 12.92 : Math.Pow((share + 0.055) / 1.055, 2.4);
    }
}
