namespace EdgeHost.Learning.Preprocessing;

/// <summary>Scales pictures: each new pixel is the mean of the area that it covers, in whole numbers, so that every machine gives the same bytes.</summary>
internal static class PictureScaling
{
    public static Picture Scale(Picture picture, int width, int height)
    {
        var pixels = new byte[width * height * picture.Channels];
        var source = picture.Pixels.Span;
        for (var y = 0; y < height; y++)
        {
            for (var x = 0; x < width; x++)
            {
                for (var channel = 0; channel < picture.Channels; channel++)
                {
                    pixels[(((y * width) + x) * picture.Channels) + channel] = Mean(source, picture, channel, x, y, width, height);
                }
            }
        }

        return new Picture(width, height, picture.Channels, pixels);
    }

    // In units of 1/width and 1/height of a source pixel, a new pixel covers from x·w to (x+1)·w, where w is the source's width.
    private static byte Mean(ReadOnlySpan<byte> source, Picture picture, int channel, int x, int y, int width, int height)
    {
        var (left, right) = ((long)x * picture.Width, (long)(x + 1) * picture.Width);
        var (top, bottom) = ((long)y * picture.Height, (long)(y + 1) * picture.Height);
        long sum = 0;
        for (var row = top / height; row * height < bottom; row++)
        {
            var rowWeight = Math.Min(bottom, (row + 1) * height) - Math.Max(top, row * height);
            for (var column = left / width; column * width < right; column++)
            {
                var weight = rowWeight * (Math.Min(right, (column + 1) * width) - Math.Max(left, column * width));
                sum += weight * source[(int)((((row * picture.Width) + column) * picture.Channels) + channel)];
            }
        }

        var area = (right - left) * (bottom - top);
        return (byte)((sum + (area / 2)) / area);
    }
}
