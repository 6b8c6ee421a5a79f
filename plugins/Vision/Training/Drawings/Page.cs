using System.Globalization;
using SkiaSharp;

namespace EdgeHost.Plugins.Vision.Training.Drawings;

/// <summary>A page of text, as printed, scanned or photographed: headings, columns, tables, shade and grain.</summary>
internal sealed class Page(SKTypeface typeface, Random random)
{
    /// <summary>Draws it.</summary>
    /// <param name="canvas">Where.</param>
    /// <param name="size">Of the picture.</param>
    public void Draw(SKCanvas canvas, SKSizeI size)
    {
        var paper = random.Paper();
        canvas.Clear(paper);
        using var ink = new SKPaint { IsAntialias = true, Color = Ink(paper) };
        using var font = new SKFont(typeface, random.Between(7, 26));
        canvas.Save();
        if (random.Happens(0.4)) canvas.RotateDegrees(random.Between(-6, 6), size.Width / 2f, size.Height / 2f);
        var margin = random.Between(0.02f, 0.12f) * size.Width;
        var columns = random.Next(1, 4);
        var width = (size.Width - (2 * margin)) / columns;
        for (var column = 0; column < columns; column++) DrawColumn(canvas, font, ink, margin + (column * width), width * 0.94f, size.Height);
        canvas.Restore();
        if (random.Happens(0.5)) Shade(canvas, size);
    }

    private void DrawColumn(SKCanvas canvas, SKFont font, SKPaint ink, float left, float width, int height)
    {
        var isTable = random.Happens(0.15);
        for (var y = font.Size * random.Between(1, 4); y < height; y += font.Size * (random.Happens(0.1) ? 2.6f : 1.35f))
        {
            for (var x = left; x < left + width;)
            {
                var word = isTable ? random.Next(10_000).ToString(CultureInfo.InvariantCulture) : random.Word();
                var length = font.MeasureText(word);
                if (x + length > left + width) break;
                canvas.DrawText(word, x, y, SKTextAlign.Left, font, ink);
                x += isTable ? width / 4 : length + (font.Size * 0.35f);
            }

            if (isTable) canvas.DrawLine(left, y + 3, left + width, y + 3, ink);
        }
    }

    // Light falls from a side, as on a page that was photographed.
    private void Shade(SKCanvas canvas, SKSizeI size)
    {
        using var shader = SKShader.CreateLinearGradient(random.Place(size), random.Place(size), [SKColors.Transparent, SKColors.Black.WithAlpha((byte)random.Next(30, 150))], SKShaderTileMode.Clamp);
        using var shade = new SKPaint { Shader = shader };
        canvas.DrawRect(0, 0, size.Width, size.Height, shade);
    }

    private SKColor Ink(SKColor paper)
    {
        paper.ToHsl(out _, out _, out var lightness);
        return random.Happens(0.85) ? lightness > 50 ? SKColor.FromHsl(0, 0, random.Between(0, 30)) : SKColor.FromHsl(0, 0, random.Between(75, 100)) : random.Colour(lightness > 50 ? 30 : 80);
    }
}
