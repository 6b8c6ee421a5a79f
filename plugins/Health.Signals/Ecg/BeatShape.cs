using EdgeHost.Plugins.Health.Signals.Filtering;

namespace EdgeHost.Plugins.Health.Signals.Ecg;

/// <summary>The shape of a beat from 100 ms before to 160 ms after its peak, about 125 times a second, with room to shift it by 24 ms.</summary>
internal sealed class BeatShape
{
    /// <summary>Points of a shape.</summary>
    public const int Points = 33;

    private const double Step = 0.008;
    private const int Before = 12;
    private const int Shift = 3;
    private const int Stored = Points + (2 * Shift);

    private readonly float[] _values = new float[Stored];

    /// <summary>How long the complex would last if it were all as high as its peak, in seconds, within 120 ms around it.</summary>
    public double WidthSeconds { get; private set; }

    /// <summary>The height of the peak, in mV; signed.</summary>
    public double Height { get; private set; }

    /// <summary>Takes the shape of the signal around a beat.</summary>
    public void Take(SampleRing shape, long sample, double rateHz)
    {
        for (var i = 0; i < Stored; i++)
        {
            var at = sample + ((i - Shift - Before) * Step * rateHz);
            var below = (long)Math.Floor(at);
            var part = (float)(at - below);
            _values[i] = (shape.AtOrZero(below) * (1 - part)) + (shape.AtOrZero(below + 1) * part);
        }

        Height = shape.AtOrZero(sample);
        var reach = (int)(0.12 * rateHz);
        var area = 0.0;
        for (var i = -reach; i <= reach; i++) area += Math.Abs(shape.AtOrZero(sample + i));
        WidthSeconds = Height == 0 ? 0 : area / Math.Abs(Height) / rateHz;
    }

    /// <summary>The correlation with a template at the shift where it is highest, and that shift.</summary>
    public (double Correlation, int Shift) Compare(ReadOnlySpan<float> template)
    {
        var best = (Correlation: -1.0, Shift: 0);
        for (var shift = 0; shift <= 2 * Shift; shift++)
        {
            var correlation = Correlation(_values.AsSpan(shift, Points), template);
            if (correlation > best.Correlation) best = (correlation, shift);
        }

        return best;
    }

    /// <summary>The points at a shift that <see cref="Compare"/> gave; the middle one for a new template.</summary>
    public ReadOnlySpan<float> At(int shift) => _values.AsSpan(shift, Points);

    /// <summary>The points without a shift.</summary>
    public ReadOnlySpan<float> Centred => At(Shift);

    /// <summary>How tall points are along a template: 1 where they are the template.</summary>
    public static double Projection(ReadOnlySpan<float> points, ReadOnlySpan<float> template)
    {
        double product = 0, square = 0;
        for (var i = 0; i < points.Length; i++)
        {
            product += points[i] * template[i];
            square += template[i] * template[i];
        }

        return square > 0 ? product / square : 0;
    }

    // The shapes are band-passed, so their means are near zero; taking them out would make low, wide waves look alike.
    private static double Correlation(ReadOnlySpan<float> left, ReadOnlySpan<float> right)
    {
        double product = 0, leftSquare = 0, rightSquare = 0;
        for (var i = 0; i < left.Length; i++)
        {
            product += left[i] * right[i];
            leftSquare += left[i] * left[i];
            rightSquare += right[i] * right[i];
        }

        var norm = Math.Sqrt(leftSquare * rightSquare);
        return norm > 0 ? product / norm : 0;
    }
}
