using SkiaSharp;

namespace EdgeHost.Plugins.Vision.Training.Drawings;

/// <summary>A thing that was cut out of its photo, before a ground of one colour or two. No state.</summary>
internal static class CutOut
{
    /// <summary>Draws it.</summary>
    /// <param name="canvas">Where.</param>
    /// <param name="size">Of the picture.</param>
    /// <param name="thing">What, with transparency around it.</param>
    /// <param name="random">Gives its ground, its size and its place.</param>
    public static void Draw(SKCanvas canvas, SKSizeI size, SKImage thing, Random random)
    {
        using var shader = SKShader.CreateLinearGradient(random.Place(size), random.Place(size), [random.Colour(random.Between(20, 95)), random.Colour(random.Between(20, 95))], SKShaderTileMode.Clamp);
        using var ground = new SKPaint { Shader = shader };
        canvas.Clear(random.Paper());
        if (random.Happens(0.6)) canvas.DrawRect(0, 0, size.Width, size.Height, ground);
        var scale = random.Between(0.6f, 1.1f) * Math.Min((float)size.Width / thing.Width, (float)size.Height / thing.Height);
        var (width, height) = (thing.Width * scale, thing.Height * scale);
        var place = SKRect.Create(random.Between(0, size.Width - width), random.Between(0, size.Height - height), width, height);
        canvas.DrawImage(thing, place, new SKSamplingOptions(SKFilterMode.Linear, SKMipmapMode.Linear));
    }
}
