namespace EdgeHost.Learning.Preprocessing;

/// <summary>Makes values, or one channel, of a picture.</summary>
public static class PicturePixels
{
    /// <summary>The bytes as 0 to 1.</summary>
    public static float[] ToVector(Picture picture, PixelLayout layout)
    {
        ArgumentNullException.ThrowIfNull(picture);
        var pixels = picture.Pixels.Span;
        var vector = new float[pixels.Length];
        if (layout == PixelLayout.Rows || picture.Channels == 1)
        {
            for (var i = 0; i < vector.Length; i++) vector[i] = pixels[i] / 255f;
            return vector;
        }

        var plane = picture.Width * picture.Height;
        for (var channel = 0; channel < picture.Channels; channel++)
        {
            for (var i = 0; i < plane; i++) vector[(channel * plane) + i] = pixels[(i * picture.Channels) + channel] / 255f;
        }

        return vector;
    }

    /// <summary>The picture in grey: 0.299 red, 0.587 green and 0.114 blue (ITU-R BT.601), in whole numbers. One without three channels stays as it is.</summary>
    public static Picture ToGrey(Picture picture)
    {
        ArgumentNullException.ThrowIfNull(picture);
        if (picture.Channels != 3) return picture;
        var from = picture.Pixels.Span;
        var pixels = new byte[picture.Width * picture.Height];
        for (var i = 0; i < pixels.Length; i++) pixels[i] = (byte)(((299 * from[3 * i]) + (587 * from[(3 * i) + 1]) + (114 * from[(3 * i) + 2]) + 500) / 1000);
        return new Picture(picture.Width, picture.Height, 1, pixels);
    }

    /// <summary>The picture with another number of pixels; each new one is the mean of the area that it covers.</summary>
    /// <param name="picture">The picture.</param>
    /// <param name="width">Pixels, at least 1.</param>
    /// <param name="height">Pixels, at least 1.</param>
    public static Picture Scale(Picture picture, int width, int height)
    {
        ArgumentNullException.ThrowIfNull(picture);
        ArgumentOutOfRangeException.ThrowIfLessThan(width, 1);
        ArgumentOutOfRangeException.ThrowIfLessThan(height, 1);
        return picture.Width == width && picture.Height == height ? picture : PictureScaling.Scale(picture, width, height);
    }
}
