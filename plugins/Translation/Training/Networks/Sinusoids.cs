namespace EdgeHost.Plugins.Translation.Training.Networks;

/// <summary>Vectors of places (Vaswani et al., 2017), sines in the first half and cosines in the second, as Marian has them, and as exact as Float16 is, since models' files keep them so.</summary>
internal static class Sinusoids
{
    /// <summary>Vectors of the first places, one after the other.</summary>
    public static float[] Of(int count, int width)
    {
        var values = new float[count * width];
        for (var place = 0; place < count; place++)
        {
            for (var i = 0; i < width / 2; i++)
            {
                var angle = place / Math.Pow(10_000, 2.0 * i / width);
                values[(place * width) + i] = (float)(Half)Math.Sin(angle);
                values[(place * width) + (width / 2) + i] = (float)(Half)Math.Cos(angle);
            }
        }

        return values;
    }
}
