using EdgeHost.PluginSdk;

namespace EdgeHost.Runtime.Scheduling;

/// <summary>
/// Puts steps whose inputs are about the same size into one bucket: every dimension is rounded up to one of eight steps an octave, and the list is hashed
/// (64-bit FNV-1a). Run times inside a bucket differ by little, and a model of free shapes has tens of buckets, not thousands.
/// </summary>
internal static class ShapeBucket
{
    private const ulong Offset = 14695981039346656037;
    private const ulong Prime = 1099511628211;

    public static long Of(ModelStep step)
    {
        var hash = Offset;
        for (var i = 0; i < step.Inputs.Count; i++)
        {
            foreach (var dimension in step.Inputs[i].Value.Shape.Dimensions)
            {
                hash = (hash ^ (ulong)Round(dimension)) * Prime;
            }

            hash = (hash ^ 0xFF) * Prime;
        }

        return (long)hash;
    }

    internal static long Round(long dimension)
    {
        if (dimension <= 16) return dimension;
        var step = 1L << Math.Max(0, System.Numerics.BitOperations.Log2((ulong)(dimension - 1)) - 3);
        return (dimension + step - 1) / step * step;
    }
}
