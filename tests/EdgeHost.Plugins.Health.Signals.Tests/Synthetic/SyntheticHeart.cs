namespace EdgeHost.Plugins.Health.Signals.Tests.Synthetic;

/// <summary>
/// How the beats of one person look in two leads: waves as bells, which is the dynamic model of McSharry et al. 2003 (IEEE Trans Biomed Eng 50:289) on its limit cycle, with heights and widths
/// drawn for the person. QRS complexes keep their width at every rate; the T wave comes at a time that follows the root of the interval (Bazett).
/// </summary>
internal sealed record SyntheticHeart
{
    public required IReadOnlyList<SyntheticWave> Complex { get; init; }

    public required SyntheticWave Atrial { get; init; }

    public required SyntheticWave Recovery { get; init; }

    /// <summary>Forms of ventricular beats.</summary>
    public required IReadOnlyList<IReadOnlyList<SyntheticWave>> Ventricular { get; init; }

    /// <summary>Height of the waves of fibrillation between beats, in mV; such a heart has no P waves.</summary>
    public double Fibrillation { get; init; }

    /// <summary>A heart with narrow complexes.</summary>
    public static SyntheticHeart Draw(Random random)
    {
        double Between(double low, double high) => low + ((high - low) * random.NextDouble());
        double Side() => random.Next(3) == 0 ? -Between(0.4, 0.9) : Between(0.4, 0.9);

        var (r, other) = (Between(0.7, 1.6), Side());
        var width = Between(0.008, 0.012);
        IReadOnlyList<SyntheticWave> Form()
        {
            var (height, wide, sign) = (r * Between(0.8, 1.7), Between(0.024, 0.036), random.Next(2) == 0 ? -1 : 1);
            return
            [
                new(0, wide, sign * height, height * Side()), new(Between(0.06, 0.09), wide, -sign * height * Between(0.2, 0.6), height * Side() / 3),
                new(Between(0.28, 0.34), Between(0.05, 0.07), -sign * height * Between(0.2, 0.45), height * Side() / 4),
            ];
        }

        return new SyntheticHeart
        {
            Complex =
            [
                new(-0.027, width, -r * Between(0.03, 0.15), r * Side() / 8), new(0, width * 1.15, r, r * other),
                new(0.029, width, -r * Between(0.05, 0.35), r * Side() / 3),
            ],
            Atrial = new(-Between(0.15, 0.18), 0.022, Between(0.05, 0.16), Between(0.03, 0.1)),
            Recovery = new(Between(0.27, 0.31), Between(0.04, 0.055), r * Between(0.12, 0.35), r * Side() / 4),
            Ventricular = [Form(), Form()],
        };
    }

    /// <summary>A T wave about as high as the R wave.</summary>
    public SyntheticHeart WithTallRecovery() => this with { Recovery = Recovery with { First = Complex[1].First * 0.85, Second = Complex[1].Second * 0.6 } };

    /// <summary>A wide, notched complex, as of a bundle branch block.</summary>
    public SyntheticHeart WithBlock()
    {
        var (r, second) = (Complex[1].First, Complex[1].Second);
        return this with { Complex = [new(0, 0.017, r * 0.8, second), new(0.045, 0.02, r * 0.65, -second * 0.7), new(0.085, 0.02, -r * 0.3, second * 0.4)] };
    }

    /// <summary>A ventricular pacemaker: a spike and a wide complex after it, no P wave.</summary>
    public SyntheticHeart WithPacemaker(double rateHz) => this with
    {
        Complex = [new(-0.06, Math.Max(0.0015, 0.5 / rateHz), 2.5, -1.8), new(0, 0.026, -Complex[1].First, Complex[1].Second), new(0.07, 0.03, Complex[1].First * 0.4, Complex[1].Second * -0.3)],
        Atrial = default,
    };

    /// <summary>The same heart with all heights times a factor, which may be negative.</summary>
    public SyntheticHeart Times(double factor)
    {
        SyntheticWave Scale(SyntheticWave wave) => wave with { First = wave.First * factor, Second = wave.Second * factor };
        return this with
        {
            Complex = [.. Complex.Select(Scale)], Atrial = Scale(Atrial), Recovery = Scale(Recovery), Ventricular = [.. Ventricular.Select(form => form.Select(Scale).ToList())],
        };
    }

    /// <summary>Draws both leads.</summary>
    public float[][] Render(IReadOnlyList<SyntheticBeat> beats, double seconds, double rateHz, Random random)
    {
        float[][] leads = [new float[(int)(seconds * rateHz)], new float[(int)(seconds * rateHz)]];
        for (var i = 0; i < beats.Count; i++)
        {
            var interval = i > 0 ? beats[i].Seconds - beats[i - 1].Seconds : 0.8;
            // Breathing turns the heart a little.
            var scale = 1 + (0.08 * Math.Sin(2 * Math.PI * 0.25 * beats[i].Seconds)) + (0.02 * SyntheticEcg.Gaussian(random));
            if (beats[i].Ventricular)
            {
                foreach (var wave in Ventricular[random.Next(4) == 0 ? 1 : 0]) Add(leads, rateHz, beats[i].Seconds, wave, scale);
                continue;
            }

            foreach (var wave in Complex) Add(leads, rateHz, beats[i].Seconds, wave, scale);
            var bazett = Math.Sqrt(Math.Clamp(interval, 0.25, 1.2));
            Add(leads, rateHz, beats[i].Seconds, Recovery with { At = Recovery.At * bazett, Width = Recovery.Width * bazett }, scale);
            // At high rates the P wave moves towards the beat.
            if (Fibrillation == 0) Add(leads, rateHz, beats[i].Seconds, Atrial with { At = Atrial.At * Math.Min(1, 0.6 + (0.4 * bazett)) }, scale);
        }

        var phase = 0.0;
        for (var i = 0; i < leads[0].Length; i++)
        {
            phase += 2 * Math.PI * (6 + Math.Sin(2 * Math.PI * 0.3 * i / rateHz)) / rateHz;
            var waves = Fibrillation * (Math.Sin(phase) + (0.4 * Math.Sin(2 * phase)));
            // Converters have steps of 5 µV; amplifiers are not silent.
            leads[0][i] = Quantized(leads[0][i] + waves + (0.006 * SyntheticEcg.Gaussian(random)));
            leads[1][i] = Quantized(leads[1][i] + (0.7 * waves) + (0.006 * SyntheticEcg.Gaussian(random)));
        }

        return leads;
    }

    private static float Quantized(double value) => (float)(Math.Round(value / 0.005) * 0.005);

    private static void Add(float[][] leads, double rateHz, double beat, SyntheticWave wave, double scale)
    {
        if (wave.Width == 0) return;
        var (first, last) = ((int)((beat + wave.At - (5 * wave.Width)) * rateHz), (int)((beat + wave.At + (5 * wave.Width)) * rateHz));
        for (var i = Math.Max(0, first); i <= last && i < leads[0].Length; i++)
        {
            var bell = scale * Math.Exp(-0.5 * Math.Pow(((i / rateHz) - beat - wave.At) / wave.Width, 2));
            leads[0][i] += (float)(wave.First * bell);
            leads[1][i] += (float)(wave.Second * bell);
        }
    }
}
