using SkiaSharp;

namespace EdgeHost.Plugins.Vision.Training.Drawings;

/// <summary>Draws lots for pictures. No state.</summary>
internal static class Dice
{
    /// <summary>A number of a range.</summary>
    public static float Between(this Random random, float least, float most) => least + ((most - least) * random.NextSingle());

    /// <summary>Whether something of this chance, 0 to 1, happens.</summary>
    public static bool Happens(this Random random, double chance) => random.NextDouble() < chance;

    /// <summary>A colour of any hue; the brighter, the nearer <paramref name="lightness"/> is to 100.</summary>
    public static SKColor Colour(this Random random, float lightness) => SKColor.FromHsl(random.Between(0, 360), random.Between(0, 100), lightness);

    /// <summary>The colour of paper: white, grey, yellowed, or now and then dark.</summary>
    public static SKColor Paper(this Random random) => random.NextDouble() switch
    {
        < 0.4 => SKColors.White,
        < 0.6 => SKColor.FromHsl(0, 0, random.Between(75, 97)),
        < 0.85 => SKColor.FromHsl(random.Between(25, 60), random.Between(5, 40), random.Between(75, 95)),
        _ => random.Colour(random.Between(8, 90)),
    };

    /// <summary>A place inside of a size.</summary>
    public static SKPoint Place(this Random random, SKSizeI size) => new(random.Between(0, size.Width), random.Between(0, size.Height));

    /// <summary>A word of made-up syllables.</summary>
    public static string Word(this Random random)
    {
        const string consonants = "bcdfghklmnprstvw";
        const string vowels = "aeiou";
        return string.Concat(Enumerable.Range(0, random.Next(1, 5)).Select(_ => $"{consonants[random.Next(consonants.Length)]}{vowels[random.Next(vowels.Length)]}{(random.Happens(0.3) ? "n" : string.Empty)}"));
    }
}
