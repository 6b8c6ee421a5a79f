namespace EdgeHost.Plugins.Health.Signals.Tests.Synthetic;

/// <summary>A generated record of two leads with known beats, one of each <see cref="Scenarios"/> a seed.</summary>
internal sealed record SyntheticPerson
{
    public required string Scenario { get; init; }

    public required double RateHz { get; init; }

    public required float[][] Leads { get; init; }

    public required IReadOnlyList<SyntheticBeat> Beats { get; init; }

    public IReadOnlyList<long> Samples => [.. Beats.Select(beat => (long)Math.Round(beat.Seconds * RateHz))];

    /// <summary>Whether the whole record is atrial fibrillation.</summary>
    public bool IsFibrillation { get; init; }

    /// <summary>What hearts may do in the noise stress test.</summary>
    public static IReadOnlyList<string> Scenarios { get; } =
    [
        "sinus", "low", "inverted", "tall t", "block", "paced", "slow", "fast", "fibrillation", "fast fibrillation", "few ventricular", "many ventricular", "bigeminy", "atrial", "pauses",
    ];

    public static SyntheticPerson Draw(string scenario, int seed, double seconds)
    {
        var random = new Random(HashOf(scenario, seed));
        double Between(double low, double high) => low + ((high - low) * random.NextDouble());
        double[] rates = [128, 200, 250, 360, 500, 1000];
        var rateHz = rates[random.Next(rates.Length)];
        var heart = SyntheticHeart.Draw(random);
        heart = scenario switch
        {
            "low" => heart.Times(Between(0.15, 0.3)),
            "inverted" => heart.Times(-1),
            "tall t" => heart.WithTallRecovery(),
            "block" => heart.WithBlock(),
            "paced" => heart.WithPacemaker(rateHz),
            _ when SyntheticIrregularRhythm.Fibrillating.Contains(scenario) => heart with { Fibrillation = Between(0.02, 0.07) },
            _ => heart,
        };
        var chance = Between(0.1, 0.3);
        bool Often(int index) => random.NextDouble() < chance;
        var rate = Between(55, 90);
        var beats = scenario switch
        {
            "paced" => SyntheticRhythm.Sinus(random, seconds, Between(60, 80), 0.002),
            "slow" => SyntheticRhythm.Sinus(random, seconds, Between(30, 45)),
            "fast" => SyntheticRhythm.Sinus(random, seconds, Between(140, 220), 0.01),
            "fibrillation" => SyntheticRhythm.Fibrillation(random, seconds, Between(60, 100)),
            "fast fibrillation" => SyntheticRhythm.Fibrillation(random, seconds, Between(105, 150)),
            "few ventricular" => SyntheticRhythm.WithVentricular(random, seconds, rate, _ => random.NextDouble() < 0.05),
            "many ventricular" => SyntheticRhythm.WithVentricular(random, seconds, rate, Often),
            "bigeminy" => SyntheticRhythm.WithVentricular(random, seconds, rate, i => i % 2 == 0),
            "atrial" => SyntheticRhythm.WithAtrial(random, seconds, rate, _ => random.NextDouble() < 0.06),
            "pauses" => SyntheticRhythm.WithPauses(random, seconds, rate),
            _ when SyntheticIrregularRhythm.ByRule.Contains(scenario) || SyntheticIrregularRhythm.Fibrillating.Contains(scenario) => SyntheticIrregularRhythm.Draw(scenario, random, seconds),
            _ => SyntheticRhythm.Sinus(random, seconds, rate),
        };
        return new SyntheticPerson
        {
            Scenario = scenario, RateHz = rateHz, Beats = beats, IsFibrillation = heart.Fibrillation > 0,
            Leads = heart.Render(beats, seconds, rateHz, random),
        };
    }

    // The hash of a string differs from process to process.
    private static int HashOf(string scenario, int seed) => scenario.Aggregate(seed * 7919, (hash, letter) => unchecked((hash * 31) + letter)) & int.MaxValue;
}
