using System.Numerics;

namespace EdgeHost.Plugins.Vision.Imaging;

/// <summary>
/// Which part of a picture lies where in the input of a network. Places are continuous, in pixels from the top left corner: pixel (0, 0) covers 0 to 1. Both ways are exact,
/// for the pixels are laid out by the same whole numbers.
/// </summary>
/// <param name="SourceLeft">First column of the picture that is used.</param>
/// <param name="SourceTop">First row of the picture that is used.</param>
/// <param name="SourceWidth">Columns that are used; ≥ 1.</param>
/// <param name="SourceHeight">Rows that are used; ≥ 1.</param>
/// <param name="Left">The column of the input where they begin.</param>
/// <param name="Top">The row of the input where they begin.</param>
/// <param name="Width">Columns of the input that they fill; ≥ 1.</param>
/// <param name="Height">Rows of the input that they fill; ≥ 1.</param>
internal readonly record struct Letterbox(int SourceLeft, int SourceTop, int SourceWidth, int SourceHeight, int Left, int Top, int Width, int Height)
{
    private Vector2 Source => new(SourceLeft, SourceTop);

    private Vector2 Target => new(Left, Top);

    private Vector2 Scale => new((float)SourceWidth / Width, (float)SourceHeight / Height);

    /// <summary>Lays a picture into an input.</summary>
    /// <param name="fit">How.</param>
    /// <param name="width">The picture's width; ≥ 1.</param>
    /// <param name="height">The picture's height; ≥ 1.</param>
    /// <param name="inputWidth">The input's width; ≥ 1.</param>
    /// <param name="inputHeight">The input's height; ≥ 1.</param>
    /// <param name="share">For <see cref="PictureFit.Crop"/>: how much of what could be kept is kept, along each side, above 0 to 1.</param>
    public static Letterbox Of(PictureFit fit, int width, int height, int inputWidth, int inputHeight, float share = 1)
    {
        if (fit == PictureFit.Squash) return new Letterbox(0, 0, width, height, 0, 0, inputWidth, inputHeight);
        if (fit == PictureFit.Crop)
        {
            var kept = MathF.Min((float)width / inputWidth, (float)height / inputHeight) * share;
            var keptWidth = Rounded(inputWidth * kept, width);
            var keptHeight = Rounded(inputHeight * kept, height);
            return new Letterbox((width - keptWidth) / 2, (height - keptHeight) / 2, keptWidth, keptHeight, 0, 0, inputWidth, inputHeight);
        }

        var ratio = MathF.Min((float)inputWidth / width, (float)inputHeight / height);
        var filledWidth = Rounded(width * ratio, inputWidth);
        var filledHeight = Rounded(height * ratio, inputHeight);
        return fit == PictureFit.Centred
            ? new Letterbox(0, 0, width, height, (inputWidth - filledWidth) / 2, (inputHeight - filledHeight) / 2, filledWidth, filledHeight)
            : new Letterbox(0, 0, width, height, 0, 0, filledWidth, filledHeight);
    }

    /// <summary>The place in the picture of a place in the input; outside the picture for one in a bar.</summary>
    public Vector2 ToPicture(Vector2 place) => ((place - Target) * Scale) + Source;

    /// <summary>The place in the input of a place in the picture; outside the input for one that was cut off.</summary>
    public Vector2 ToInput(Vector2 place) => ((place - Source) / Scale) + Target;

    private static int Rounded(float length, int most) => Math.Clamp((int)MathF.Round(length), 1, most);
}
