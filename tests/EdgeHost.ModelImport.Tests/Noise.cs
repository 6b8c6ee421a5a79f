namespace EdgeHost.ModelImport.Tests;

/// <summary>The same fixed noise as in reference.js.</summary>
internal static class Noise
{
    /// <summary>Numbers from 0 to 1.</summary>
    public static float[] Floats(int count)
    {
        var state = 12345u;
        var values = new float[count];
        for (var i = 0; i < count; i++)
        {
            state = unchecked((state * 1103515245) + 12345);
            values[i] = (float)(((state >> 8) & 0xffff) / 65535.0);
        }

        return values;
    }

    /// <summary>Whole numbers from 0 to 255.</summary>
    public static int[] Integers(int count) => [.. Floats(count).Select(value => (int)MathF.Floor(value * 255))];
}
