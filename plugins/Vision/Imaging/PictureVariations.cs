using SkiaSharp;

namespace EdgeHost.Plugins.Vision.Imaging;

/// <summary>Makes variations of a picture, as it might have been taken too: mirrored, from nearer, in other light. Always the same ones. Thread-safe.</summary>
internal sealed class PictureVariations(PictureDecoder decoder)
{
    // What encoders of pictures take is smaller.
    private const int Side = 512;
    private const int Quality = 95;

    private static readonly (bool IsMirrored, float Left, float Top, float Share, float Gain)[] Recipes = [(true, 0, 0, 1, 1), (false, 0.15f, 0.1f, 0.8f, 1.25f), (true, 0.05f, 0.1f, 0.85f, 0.75f)];

    /// <summary>Makes them.</summary>
    /// <param name="encoded">The file's bytes.</param>
    /// <param name="cancellationToken">Stops between variations.</param>
    /// <returns>JPEG files of 512 x 512 pixels, stretched: encoders stretch anyway.</returns>
    /// <exception cref="EdgeHostException">As <see cref="PictureDecoder.DecodeAsync"/> says.</exception>
    public async ValueTask<IReadOnlyList<byte[]>> MakeAsync(ReadOnlyMemory<byte> encoded, CancellationToken cancellationToken)
    {
        using var picture = await decoder.DecodeAsync(encoded, 2 * Side, cancellationToken).ConfigureAwait(false);
        var pixels = picture.Pixels;
        using var image = SKImage.FromPixels(new SKImageInfo(pixels.Width, pixels.Height, SKColorType.Rgba8888, SKAlphaType.Opaque), pixels.Address, pixels.StrideBytes);
        var made = new List<byte[]>(Recipes.Length);
        foreach (var recipe in Recipes)
        {
            cancellationToken.ThrowIfCancellationRequested();
            made.Add(Make(image, recipe));
        }

        return made;
    }

    private static byte[] Make(SKImage image, (bool IsMirrored, float Left, float Top, float Share, float Gain) recipe)
    {
        using var bitmap = new SKBitmap(new SKImageInfo(Side, Side, SKColorType.Rgba8888, SKAlphaType.Opaque));
        using var canvas = new SKCanvas(bitmap);
        using var light = SKColorFilter.CreateColorMatrix([recipe.Gain, 0, 0, 0, 0, 0, recipe.Gain, 0, 0, 0, 0, 0, recipe.Gain, 0, 0, 0, 0, 0, 1, 0]);
        using var paint = new SKPaint { ColorFilter = light };
        if (recipe.IsMirrored) canvas.Scale(-1, 1, Side / 2f, 0);
        var part = SKRect.Create(recipe.Left * image.Width, recipe.Top * image.Height, recipe.Share * image.Width, recipe.Share * image.Height);
        canvas.DrawImage(image, part, SKRect.Create(Side, Side), new SKSamplingOptions(SKFilterMode.Linear, SKMipmapMode.Nearest), paint);
        canvas.Flush();
        using var data = bitmap.Encode(SKEncodedImageFormat.Jpeg, Quality);
        return data.ToArray();
    }
}
