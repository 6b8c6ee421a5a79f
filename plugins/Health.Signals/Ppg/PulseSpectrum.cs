namespace EdgeHost.Plugins.Health.Signals.Ppg;

/// <summary>The spectrum of a stretch of a pulse signal from 0.5 to 7 Hz: which rate dominates, and how much of the power it explains.</summary>
internal static class PulseSpectrum
{
    private const double From = 0.5;
    private const double To = 7;
    private const double Step = 0.025;
    private const double RateFrom = 0.65;
    private const double RateTo = 3.6;
    private const int Thin = 4;
    private const double HalfPeak = 0.15;
    private const double NearBefore = 1.8;

    /// <summary>The dominant rate, in Hz, and the share of the power from 0.5 to 4 Hz that lies around it and its first overtone, 0 to 1.</summary>
    /// <param name="signal">The stretch.</param>
    /// <param name="sampleRateHz">Its samples a second.</param>
    /// <param name="before">The rate of the stretch before, or 0.</param>
    public static (double RateHz, double Peakedness) Of(ReadOnlySpan<float> signal, double sampleRateHz, double before)
    {
        var values = Prepare(signal);
        if (values.Length < 8) return (0, 0);
        var power = new double[(int)Math.Round((To - From) / Step) + 1];
        var total = 0.0;
        for (var i = 0; i < power.Length; i++)
        {
            power[i] = Power(values, 2 * Math.PI * (From + (i * Step)) * Thin / sampleRateHz);
            if (From + (i * Step) <= 4) total += power[i];
        }

        if (total <= 0) return (0, 0);
        var (best, rate) = (-1.0, 0.0);
        for (var frequency = RateFrom; frequency <= RateTo; frequency += Step)
        {
            // With its first overtone as far as it is no higher itself: a wave with a second bump is not taken for twice its rate, nor one that is disturbed for half of it.
            // A rate near the one before is more likely than another.
            var score = (At(power, frequency) + Math.Min(At(power, frequency), At(power, 2 * frequency))) * (Math.Abs(frequency - before) < 0.25 * before ? NearBefore : 1);
            if (score > best) (best, rate) = (score, frequency);
        }

        var explained = Around(power, rate) + (2 * rate < 4 ? Around(power, 2 * rate) : 0);
        return (rate, Math.Min(1, explained / total));
    }

    private static double[] Prepare(ReadOnlySpan<float> signal)
    {
        var values = new double[signal.Length / Thin];
        for (var i = 0; i < values.Length; i++)
        {
            for (var k = 0; k < Thin; k++) values[i] += signal[(i * Thin) + k] / Thin;
        }

        // Without its trend, under a Hann window.
        double sum = 0, weighted = 0;
        var middle = (values.Length - 1) / 2.0;
        for (var i = 0; i < values.Length; i++)
        {
            sum += values[i];
            weighted += values[i] * (i - middle);
        }

        var mean = sum / Math.Max(1, values.Length);
        var slope = weighted / Math.Max(1, values.Length * ((double)values.Length * values.Length - 1) / 12);
        for (var i = 0; i < values.Length; i++)
            values[i] = (values[i] - mean - (slope * (i - middle))) * (0.5 - (0.5 * Math.Cos(2 * Math.PI * (i + 0.5) / values.Length)));
        return values;
    }

    // Goertzel's recursion.
    private static double Power(double[] values, double omega)
    {
        var factor = 2 * Math.Cos(omega);
        double last = 0, beforeLast = 0;
        foreach (var value in values) (last, beforeLast) = (value + (factor * last) - beforeLast, last);
        return (last * last) + (beforeLast * beforeLast) - (factor * last * beforeLast);
    }

    private static double At(double[] power, double frequency)
    {
        var index = (int)Math.Round((frequency - From) / Step);
        return index >= 0 && index < power.Length ? power[index] : 0;
    }

    private static double Around(double[] power, double frequency)
    {
        var sum = 0.0;
        for (var offset = -HalfPeak; offset <= HalfPeak + 1e-9; offset += Step) sum += At(power, frequency + offset);
        return sum;
    }
}
