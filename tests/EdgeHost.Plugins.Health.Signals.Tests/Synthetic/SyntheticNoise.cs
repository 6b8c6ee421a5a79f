namespace EdgeHost.Plugins.Health.Signals.Tests.Synthetic;

/// <summary>Kinds of noise that ambulatory records hold, made from chance with a seed; the three of the MIT-BIH Noise Stress Test Database and hum.</summary>
internal static class SyntheticNoise
{
    /// <summary>Wander of the baseline, muscles, motion of the electrode, hum of the mains.</summary>
    public static IReadOnlyList<string> Kinds { get; } = ["bw", "ma", "em", "hum"];

    /// <summary>Noise of any height.</summary>
    public static float[] Make(string kind, int samples, double rateHz, int seed)
    {
        var random = new Random(seed);
        return kind switch
        {
            "bw" => Wander(samples, rateHz, random),
            "ma" => Muscle(samples, rateHz, random),
            "em" => Motion(samples, rateHz, random),
            "hum" => Hum(samples, rateHz, random),
            _ => throw new ArgumentOutOfRangeException(nameof(kind), kind, "No such noise."),
        };
    }

    // Breathing and drifting contacts: below 0.8 Hz, and a slow step now and then.
    private static float[] Wander(int samples, double rateHz, Random random)
    {
        var slow = Band(White(samples, random), 0.05, 0.7, rateHz);
        var steps = Steps(samples, rateHz, random, perSecond: 0.05, decaySeconds: 3);
        var soft = SyntheticBand.LowPass(steps, 1, rateHz);
        return Sum((slow, 1), (soft, 0.8));
    }

    // Action potentials of muscles: from some Hz to the band's end, in contractions of some seconds.
    private static float[] Muscle(int samples, double rateHz, Random random)
    {
        var wide = Band(White(samples, random), 12, Math.Min(100, 0.42 * rateHz), rateHz);
        var low = Band(White(samples, random), 3, 30, rateHz);
        return Bursts(Sum((wide, 1), (low, 0.5)), rateHz, random, floor: 0.35);
    }

    // Skin that is stretched: a few Hz, as high as beats and like them, and contacts that jump and settle.
    private static float[] Motion(int samples, double rateHz, Random random)
    {
        var swing = Bursts(Band(White(samples, random), 0.5, 7, rateHz), rateHz, random, floor: 0.25);
        var fast = Bursts(Band(White(samples, random), 5, 25, rateHz), rateHz, random, floor: 0.1);
        var jumps = Steps(samples, rateHz, random, perSecond: 0.35, decaySeconds: 0.35);
        return Sum((swing, 1), (fast, 0.35), (SyntheticBand.LowPass(jumps, 25, rateHz), 0.9));
    }

    private static float[] Hum(int samples, double rateHz, Random random)
    {
        var (mains, phase, height) = (random.Next(2) == 0 ? 50.0 : 60.0, 0.0, 1.0);
        var noise = new float[samples];
        for (var i = 0; i < samples; i++)
        {
            phase += 2 * Math.PI * (mains + (0.1 * Math.Sin(0.2 * i / rateHz))) / rateHz;
            height = Math.Clamp(height + (0.02 * SyntheticEcg.Gaussian(random) / Math.Sqrt(rateHz)), 0.4, 1.6);
            noise[i] = (float)(height * (Math.Sin(phase) + (mains * 3 < rateHz / 2 ? 0.15 * Math.Sin((3 * phase) + 1) : 0)));
        }

        return noise;
    }

    private static float[] White(int samples, Random random) => [.. Enumerable.Range(0, samples).Select(_ => (float)SyntheticEcg.Gaussian(random))];

    // Of a root mean square of one.
    private static float[] Band(float[] noise, double lowHz, double highHz, double rateHz)
        => Normal(SyntheticBand.LowPass(SyntheticBand.HighPass(noise, lowHz, rateHz), highHz, rateHz));

    private static float[] Normal(float[] noise)
    {
        var root = (float)Math.Sqrt(noise.Average(value => value * (double)value));
        return [.. noise.Select(value => value / root)];
    }

    // The envelope: bursts of a second to some, between which a floor remains.
    private static float[] Bursts(float[] noise, double rateHz, Random random, double floor)
    {
        var gate = new float[noise.Length];
        for (var at = 0; at < gate.Length;)
        {
            at += (int)(rateHz * (0.5 + (4 * random.NextDouble())));
            var (end, height) = (Math.Min(gate.Length, at + (int)(rateHz * (0.4 + (3 * random.NextDouble())))), (float)(0.6 + (1.2 * random.NextDouble())));
            for (; at < end; at++) gate[at] = height;
        }

        var envelope = SyntheticBand.LowPass(gate, 2, rateHz);
        return Normal([.. noise.Select((value, i) => value * (float)(floor + Math.Max(0, envelope[i])))]);
    }

    private static float[] Steps(int samples, double rateHz, Random random, double perSecond, double decaySeconds)
    {
        var (steps, value, keep) = (new float[samples], 0.0, Math.Exp(-1 / (decaySeconds * rateHz)));
        for (var i = 0; i < samples; i++)
        {
            value *= keep;
            if (random.NextDouble() < perSecond / rateHz) value += SyntheticEcg.Gaussian(random) * (0.5 + random.NextDouble());
            steps[i] = (float)value;
        }

        return Normal(steps);
    }

    private static float[] Sum(params (float[] Values, double Weight)[] parts)
        => [.. Enumerable.Range(0, parts[0].Values.Length).Select(i => (float)parts.Sum(part => part.Values[i] * part.Weight))];
}
