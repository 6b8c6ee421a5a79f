namespace EdgeHost.Plugins.Health.Signals.Tests.Synthetic;

/// <summary>Causal filters of second order (Butterworth, bilinear transform) for generated noise; of another kind than the filters of the library.</summary>
internal static class SyntheticBand
{
    public static float[] LowPass(float[] signal, double hz, double rateHz)
    {
        var (cos, alpha) = (Math.Cos(2 * Math.PI * hz / rateHz), Math.Sin(2 * Math.PI * hz / rateHz) / Math.Sqrt(2));
        return Run(signal, (1 - cos) / 2, 1 - cos, (1 - cos) / 2, 1 + alpha, -2 * cos, 1 - alpha);
    }

    public static float[] HighPass(float[] signal, double hz, double rateHz)
    {
        var (cos, alpha) = (Math.Cos(2 * Math.PI * hz / rateHz), Math.Sin(2 * Math.PI * hz / rateHz) / Math.Sqrt(2));
        return Run(signal, (1 + cos) / 2, -(1 + cos), (1 + cos) / 2, 1 + alpha, -2 * cos, 1 - alpha);
    }

    private static float[] Run(float[] signal, double b0, double b1, double b2, double a0, double a1, double a2)
    {
        var output = new float[signal.Length];
        double x1 = 0, x2 = 0, y1 = 0, y2 = 0;
        for (var i = 0; i < signal.Length; i++)
        {
            var y = ((b0 * signal[i]) + (b1 * x1) + (b2 * x2) - (a1 * y1) - (a2 * y2)) / a0;
            (x2, x1, y2, y1) = (x1, signal[i], y1, y);
            output[i] = (float)y;
        }

        return output;
    }
}
