namespace EdgeHost.Plugins.Health.Signals.Tests.Synthetic;

/// <summary>Sequences of beats as hearts make them, drawn from a source of chance.</summary>
internal static class SyntheticRhythm
{
    private const double Margin = 0.8;

    /// <summary>Sinus rhythm with the variation of breathing and of the slow rhythm at 0.1 Hz.</summary>
    /// <param name="random">The source of chance.</param>
    /// <param name="seconds">How long.</param>
    /// <param name="rate">Beats a minute.</param>
    /// <param name="depth">Relative change by breathing; 0.03 is usual, 0.15 and more a sinus arrhythmia.</param>
    public static List<SyntheticBeat> Sinus(Random random, double seconds, double rate, double depth = 0.03)
    {
        var (breath, phase) = (0.16 + (0.16 * random.NextDouble()), 6 * random.NextDouble());
        return Run(seconds, time => 60 / rate * (1 + (depth * Math.Sin((2 * Math.PI * breath * time) + phase))
            + (0.02 * Math.Sin(2 * Math.PI * 0.1 * time)) + (0.008 * SyntheticEcg.Gaussian(random))));
    }

    /// <summary>Atrial fibrillation: intervals without memory, not shorter than the node lets through.</summary>
    public static List<SyntheticBeat> Fibrillation(Random random, double seconds, double rate)
    {
        var spread = 0.17 + (0.1 * random.NextDouble());
        return Run(seconds, _ => Math.Max(0.3, 60 / rate * Math.Exp((spread * SyntheticEcg.Gaussian(random)) - (spread * spread / 2))));
    }

    /// <summary>Some beats come early from the atria and set the rhythm anew.</summary>
    /// <param name="random">The source of chance.</param>
    /// <param name="seconds">How long.</param>
    /// <param name="rate">Beats a minute between them.</param>
    /// <param name="isEarly">Of the index of a beat: whether it is early.</param>
    public static List<SyntheticBeat> WithAtrial(Random random, double seconds, double rate, Func<int, bool> isEarly)
    {
        var beats = new List<SyntheticBeat>();
        var basic = 60 / rate;
        for (var (time, i) = (Margin, 0); time < seconds - Margin; i++)
        {
            var early = i > 3 && isEarly(i);
            if (early) time -= basic * (0.2 + (0.2 * random.NextDouble()));
            beats.Add(new SyntheticBeat(time, false) { IsPremature = early });
            time += basic * (1 + (early ? 0.08 : 0) + (0.025 * Math.Sin(1.6 * time)) + (0.01 * SyntheticEcg.Gaussian(random)));
        }

        return beats;
    }

    /// <summary>Some beats are ventricular: early, with a pause that gives the time back.</summary>
    public static List<SyntheticBeat> WithVentricular(Random random, double seconds, double rate, Func<int, bool> isEctopic)
    {
        var beats = Sinus(random, seconds, rate, 0.02);
        for (var i = 4; i + 1 < beats.Count; i++)
        {
            if (isEctopic(i)) beats[i] = new SyntheticBeat(beats[i].Seconds - (60 / rate * (0.28 + (0.14 * random.NextDouble()))), Ventricular: true);
        }

        return beats;
    }

    /// <summary>Pauses of 3.2 to 5 s within sinus rhythm.</summary>
    public static List<SyntheticBeat> WithPauses(Random random, double seconds, double rate)
    {
        var next = 20.0;
        return Run(seconds, time =>
        {
            if (time < next) return 60 / rate * (1 + (0.02 * SyntheticEcg.Gaussian(random)));
            next = time + 25 + (20 * random.NextDouble());
            return 3.2 + (1.8 * random.NextDouble());
        });
    }

    /// <summary>Sinus arrhythmia as people breathe: no two breaths are as long or as deep.</summary>
    /// <param name="random">The source of chance.</param>
    /// <param name="seconds">How long.</param>
    /// <param name="rate">Beats a minute.</param>
    /// <param name="depth">The usual relative change by a breath.</param>
    public static List<SyntheticBeat> Breathing(Random random, double seconds, double rate, double depth)
    {
        var usual = 0.16 + (0.14 * random.NextDouble());
        var (start, breath, now) = (0.0, 1 / usual, depth);
        return Run(seconds, time =>
        {
            while (time >= start + breath)
            {
                start += breath;
                (breath, now) = (Math.Max(1.5, (1 + (0.12 * SyntheticEcg.Gaussian(random))) / usual), depth * Math.Clamp(1 + (0.2 * SyntheticEcg.Gaussian(random)), 0.4, 1.6));
            }

            return 60 / rate * (1 + (now * Math.Sin(2 * Math.PI * (time - start) / breath)) + (0.02 * Math.Sin(2 * Math.PI * 0.1 * time)) + (0.008 * SyntheticEcg.Gaussian(random)));
        });
    }

    /// <summary>Fibrillation whose rate drifts, as with effort: gamma distributed beyond what the node needs to recover.</summary>
    /// <param name="random">The source of chance.</param>
    /// <param name="seconds">How long.</param>
    /// <param name="rate">Beats a minute on average.</param>
    public static List<SyntheticBeat> FibrillationThatDrifts(Random random, double seconds, double rate)
    {
        var shape = 3 + random.Next(3);
        return Run(seconds, time =>
        {
            var mean = 60 / rate * (1 + (0.15 * Math.Sin(2 * Math.PI * time / 90)));
            // A gamma distribution of a whole shape is a sum of exponential ones.
            var sum = Enumerable.Range(0, shape).Sum(_ => -Math.Log(1 - random.NextDouble()));
            return mean * (0.55 + (0.45 * sum / shape));
        });
    }

    /// <summary>
    /// Second-degree block after Wenckebach: the atria beat evenly; each beat of a group is conducted later than the one before, by less and less more, and the last one is not, so that intervals shorten until the pause.
    /// </summary>
    /// <param name="random">The source of chance.</param>
    /// <param name="seconds">How long.</param>
    /// <param name="rate">Beats of the atria a minute.</param>
    /// <param name="fewest">Atrial beats of the smallest group.</param>
    /// <param name="most">Atrial beats of the largest group; sizes are drawn for each.</param>
    public static List<SyntheticBeat> Wenckebach(Random random, double seconds, double rate, int fewest, int most)
    {
        var beats = new List<SyntheticBeat>();
        for (var atrial = Margin; atrial < seconds - Margin;)
        {
            var size = random.Next(fewest, most + 1);
            var (delay, more) = (0.16 + (0.01 * SyntheticEcg.Gaussian(random)), 0.12);
            for (var i = 0; i < size; i++)
            {
                if (i < size - 1 && atrial + delay < seconds - Margin) beats.Add(new SyntheticBeat(atrial + delay, Ventricular: false));
                (delay, more) = (delay + more + (0.005 * SyntheticEcg.Gaussian(random)), more * 0.5);
                atrial += 60 / rate * (1 + (0.01 * SyntheticEcg.Gaussian(random)));
            }
        }

        return beats;
    }

    private static List<SyntheticBeat> Run(double seconds, Func<double, double> interval)
    {
        var beats = new List<SyntheticBeat>();
        for (var time = Margin; time < seconds - Margin; time += interval(time)) beats.Add(new SyntheticBeat(time, Ventricular: false));
        return beats;
    }
}
