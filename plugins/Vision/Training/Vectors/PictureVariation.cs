using SkiaSharp;

namespace EdgeHost.Plugins.Vision.Training.Vectors;

/// <summary>Other pictures of the same thing: a part of it, mirrored, with less detail, in grey or other colours, brighter or darker. No state.</summary>
internal static class PictureVariation
{
    private const int SmallestSide = 16;

    /// <summary>Makes one.</summary>
    /// <param name="encoded">The picture's file.</param>
    /// <param name="random">Gives what is done.</param>
    /// <returns>A PNG.</returns>
    public static byte[] Make(byte[] encoded, Random random)
    {
        using var picture = SKImage.FromEncodedData(encoded) ?? throw new EdgeHostException(ErrorCode.InvalidArgument, "A picture cannot be decoded.");
        var part = Part(picture, random);
        var detail = random.NextDouble() < 0.35 ? Between(random, 0.35f, 0.85f) : 1;
        var size = new SKSizeI(Math.Max(SmallestSide, (int)(part.Width * detail)), Math.Max(SmallestSide, (int)(part.Height * detail)));
        using var surface = SKSurface.Create(new SKImageInfo(size.Width, size.Height, SKColorType.Rgba8888, SKAlphaType.Opaque));
        using var colours = SKColorFilter.CreateColorMatrix(Colours(random));
        using var paint = new SKPaint { ColorFilter = colours };
        if (random.NextDouble() < 0.5)
        {
            surface.Canvas.Translate(size.Width, 0);
            surface.Canvas.Scale(-1, 1);
        }

        surface.Canvas.DrawImage(picture, part, new SKRect(0, 0, size.Width, size.Height), new SKSamplingOptions(SKFilterMode.Linear, SKMipmapMode.Linear), paint);
        using var drawn = surface.Snapshot();
        using var data = drawn.Encode(SKEncodedImageFormat.Png, 100);
        return data.ToArray();
    }

    // Half to all of the area, a little wider or narrower.
    private static SKRect Part(SKImage picture, Random random)
    {
        var side = random.NextDouble() < 0.25 ? 1 : MathF.Sqrt(Between(random, 0.5f, 1));
        var aspect = MathF.Exp(Between(random, -0.25f, 0.25f));
        var (width, height) = (MathF.Min(1, side * aspect) * picture.Width, MathF.Min(1, side / aspect) * picture.Height);
        return SKRect.Create(Between(random, 0, picture.Width - width), Between(random, 0, picture.Height - height), width, height);
    }

    // Saturation around Rec. 601 luma, then contrast around the middle, brightness, and a tint between blue and red.
    private static float[] Colours(Random random)
    {
        var saturation = random.NextDouble() < 0.35 ? 0 : Between(random, 0.6f, 1.3f);
        var changesLight = random.NextDouble() < 0.6;
        var contrast = changesLight ? Between(random, 0.75f, 1.25f) : 1;
        var gain = changesLight ? contrast * Between(random, 0.6f, 1.4f) : 1;
        var tint = saturation > 0 && random.NextDouble() < 0.4 ? Between(random, -0.2f, 0.2f) : 0;
        return [.. Row(0, 1 + tint), .. Row(1, 1), .. Row(2, 1 - tint), 0, 0, 0, 1, 0];

        float[] Row(int channel, float scale)
        {
            float[] row = [0.299f * (1 - saturation), 0.587f * (1 - saturation), 0.114f * (1 - saturation), 0, (1 - contrast) * 0.45f];
            row[channel] += saturation;
            for (var i = 0; i < 3; i++) row[i] *= gain * scale;
            return row;
        }
    }

    private static float Between(Random random, float least, float most) => least + ((most - least) * random.NextSingle());
}
