using SkiaSharp;

namespace EdgeHost.Pictures.Annotations;

/// <summary>Finds a font of the device by a character that it has.</summary>
internal static class InstalledFonts
{
    private const int MostFiles = 2000;

    // The native library for Linux knows no font folders, so that it depends on nothing.
    private static readonly string[] Folders =
        ["/usr/share/fonts", "/usr/local/share/fonts", Path.Combine(Environment.GetFolderPath(Environment.SpecialFolder.LocalApplicationData), "fonts")];

    /// <summary>A font of a size with the character, or null if none has it.</summary>
    public static SKFont? Find(int character, float size)
    {
        if (SKFontManager.Default.MatchCharacter(character) is { } typeface) return new SKFont(typeface, size);
        return OperatingSystem.IsLinux() ? FindInFolders(character, size) : null;
    }

    private static SKFont? FindInFolders(int character, float size)
    {
        var options = new EnumerationOptions { RecurseSubdirectories = true, IgnoreInaccessible = true, MaxRecursionDepth = 8 };
        foreach (var file in Folders.Where(Directory.Exists).SelectMany(folder => Directory.EnumerateFiles(folder, "*", options)).Where(IsFont).Take(MostFiles))
        {
            var typeface = SKTypeface.FromFile(file);
            if (typeface is null) continue;
            var font = new SKFont(typeface, size);
            if (font.ContainsGlyph(character)) return font;
            font.Dispose();
            typeface.Dispose();
        }

        return null;
    }

    private static bool IsFont(string file) => Path.GetExtension(file).ToLowerInvariant() is ".ttf" or ".otf" or ".ttc";
}
