namespace EdgeHost.Plugins.Health.Signals.Tests.Synthetic;

/// <summary>Irregular rhythms as hearts make them, by name: those that follow a rule, and fibrillation, which does not. Rates, depths and patterns are drawn from the source of chance.</summary>
internal static class SyntheticIrregularRhythm
{
    /// <summary>Irregular, and no fibrillation.</summary>
    public static IReadOnlyList<string> ByRule { get; } =
    [
        "sinus arrhythmia", "deep sinus arrhythmia", "sinus arrhythmia of uneven breaths", "few atrial", "many atrial", "atrial bigeminy", "atrial trigeminy", "atrial quadrigeminy",
        "ventricular bigeminy", "ventricular trigeminy", "many ventricular", "wenckebach 3:2", "wenckebach 4:3", "wenckebach 5:4", "wenckebach", "pauses",
    ];

    /// <summary>Fibrillation at several rates and spreads.</summary>
    public static IReadOnlyList<string> Fibrillating { get; } = ["slow fibrillation", "fibrillation", "fast fibrillation", "fibrillation of a drifting rate"];

    /// <summary>Draws beats.</summary>
    /// <param name="name">One of both lists.</param>
    /// <param name="random">The source of chance.</param>
    /// <param name="seconds">How long.</param>
    public static List<SyntheticBeat> Draw(string name, Random random, double seconds)
    {
        double Between(double low, double high) => low + ((high - low) * random.NextDouble());
        var (rate, chance) = (Between(55, 90), Between(0.1, 0.3));
        return name switch
        {
            "sinus arrhythmia" => SyntheticRhythm.Sinus(random, seconds, rate, Between(0.08, 0.15)),
            "deep sinus arrhythmia" => SyntheticRhythm.Sinus(random, seconds, rate, Between(0.15, 0.25)),
            "sinus arrhythmia of uneven breaths" => SyntheticRhythm.Breathing(random, seconds, rate, Between(0.08, 0.2)),
            "few atrial" => SyntheticRhythm.WithAtrial(random, seconds, rate, _ => random.NextDouble() < 0.06),
            "many atrial" => SyntheticRhythm.WithAtrial(random, seconds, rate, _ => random.NextDouble() < chance),
            "atrial bigeminy" => SyntheticRhythm.WithAtrial(random, seconds, rate, i => i % 2 == 0),
            "atrial trigeminy" => SyntheticRhythm.WithAtrial(random, seconds, rate, i => i % 3 == 0),
            "atrial quadrigeminy" => SyntheticRhythm.WithAtrial(random, seconds, rate, i => i % 4 == 0),
            "ventricular bigeminy" => SyntheticRhythm.WithVentricular(random, seconds, rate, i => i % 2 == 0),
            "ventricular trigeminy" => SyntheticRhythm.WithVentricular(random, seconds, rate, i => i % 3 == 0),
            "many ventricular" => SyntheticRhythm.WithVentricular(random, seconds, rate, _ => random.NextDouble() < chance),
            "wenckebach 3:2" => SyntheticRhythm.Wenckebach(random, seconds, Between(70, 110), 3, 3),
            "wenckebach 4:3" => SyntheticRhythm.Wenckebach(random, seconds, Between(70, 110), 4, 4),
            "wenckebach 5:4" => SyntheticRhythm.Wenckebach(random, seconds, Between(70, 110), 5, 5),
            "wenckebach" => SyntheticRhythm.Wenckebach(random, seconds, Between(70, 110), 3, 6),
            "pauses" => SyntheticRhythm.WithPauses(random, seconds, rate),
            "slow fibrillation" => SyntheticRhythm.Fibrillation(random, seconds, Between(50, 65)),
            "fibrillation" => SyntheticRhythm.Fibrillation(random, seconds, Between(65, 100)),
            "fast fibrillation" => SyntheticRhythm.Fibrillation(random, seconds, Between(100, 160)),
            "fibrillation of a drifting rate" => SyntheticRhythm.FibrillationThatDrifts(random, seconds, Between(60, 130)),
            _ => throw new ArgumentOutOfRangeException(nameof(name), name, "No such rhythm."),
        };
    }
}
