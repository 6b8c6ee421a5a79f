namespace EdgeHost.Plugins.Health.Signals.Tests.Synthetic;

/// <summary>An ECG as a sum of bells (after McSharry et al. 2003), with known beats, and everything that may disturb it.</summary>
internal sealed record SyntheticEcg
{
    public double RateHz { get; init; } = 360;

    public required IReadOnlyList<SyntheticBeat> Beats { get; init; }

    public double Amplitude { get; init; } = 1;

    /// <summary>Standard deviation of white noise, in mV.</summary>
    public double Noise { get; init; } = 0.01;

    /// <summary>Height of the baseline's wander at 0.25 Hz, in mV.</summary>
    public double Wander { get; init; }

    /// <summary>Height of the hum at 50 Hz, in mV.</summary>
    public double Hum { get; init; }

    public int Seed { get; init; } = 1;

    public IReadOnlyList<long> Samples => [.. Beats.Select(beat => (long)Math.Round(beat.Seconds * RateHz))];

    /// <summary>Beats with intervals that breathing modulates.</summary>
    public static IReadOnlyList<SyntheticBeat> Regular(double seconds, double rate, double depth = 0.03)
        => Intervals(seconds, (_, time) => 60 / rate * (1 + (depth * Math.Sin(2 * Math.PI * 0.25 * time))));

    /// <summary>Beats whose intervals are drawn alone, as in atrial fibrillation.</summary>
    public static IReadOnlyList<SyntheticBeat> Irregular(double seconds, double rate, int seed)
    {
        var random = new Random(seed);
        return Intervals(seconds, (_, _) => 60 / rate * Math.Clamp(1 + (0.22 * Gaussian(random)), 0.5, 1.7));
    }

    /// <summary>Regular beats of which every n-th comes early, is ventricular and has a pause after it.</summary>
    public static IReadOnlyList<SyntheticBeat> WithEctopics(double seconds, double rate, int every)
    {
        var beats = Regular(seconds, rate).ToArray();
        for (var i = every; i < beats.Length; i += every) beats[i] = new SyntheticBeat(beats[i].Seconds - (0.35 * 60 / rate), Ventricular: true);
        return beats;
    }

    public static IReadOnlyList<SyntheticBeat> Intervals(double seconds, Func<int, double, double> interval)
    {
        var beats = new List<SyntheticBeat>();
        for (var time = 0.6; time < seconds - 0.6; time += interval(beats.Count, time)) beats.Add(new SyntheticBeat(time, Ventricular: false));
        return beats;
    }

    public float[] Render(double seconds)
    {
        var random = new Random(Seed);
        var signal = new float[(int)(seconds * RateHz)];
        for (var i = 0; i < signal.Length; i++)
        {
            var time = i / RateHz;
            signal[i] = (float)((Noise * Gaussian(random)) + (Wander * Math.Sin(2 * Math.PI * 0.25 * time)) + (Hum * Math.Sin(2 * Math.PI * 50 * time)));
        }

        foreach (var beat in Beats)
        {
            foreach (var (at, width, height) in beat.Ventricular ? Ventricular : Normal) AddBell(signal, beat.Seconds + at, width, height * Amplitude);
        }

        return signal;
    }

    public static double Gaussian(Random random) => Math.Sqrt(-2 * Math.Log(1 - random.NextDouble())) * Math.Cos(2 * Math.PI * random.NextDouble());

    private static (double At, double Width, double Height)[] Normal { get; } =
        [(-0.17, 0.022, 0.12), (-0.028, 0.009, -0.12), (0, 0.011, 1.1), (0.028, 0.010, -0.2), (0.26, 0.045, 0.28)];

    private static (double At, double Width, double Height)[] Ventricular { get; } = [(0, 0.028, 1.6), (0.07, 0.025, -0.7), (0.30, 0.06, -0.5)];

    private void AddBell(float[] signal, double at, double width, double height)
    {
        var (first, last) = ((int)((at - (5 * width)) * RateHz), (int)((at + (5 * width)) * RateHz));
        for (var i = Math.Max(0, first); i <= last && i < signal.Length; i++)
            signal[i] += (float)(height * Math.Exp(-0.5 * Math.Pow(((i / RateHz) - at) / width, 2)));
    }
}
