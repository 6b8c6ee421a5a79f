namespace EdgeHost.Plugins.Health.Signals.Tests.Synthetic;

/// <summary>A pulse signal with known beats: a steep rise, a slow fall and a second bump, over a wandering baseline.</summary>
internal sealed record SyntheticPpg
{
    public required IReadOnlyList<double> BeatSeconds { get; init; }

    public double Noise { get; init; } = 0.01;

    public double Wander { get; init; } = 0.3;

    /// <summary>1 where blood makes the value rise, −1 where it makes it fall, as in a camera.</summary>
    public double Sign { get; init; } = 1;

    public int Seed { get; init; } = 1;

    public IReadOnlyList<double> Intervals => [.. BeatSeconds.Zip(BeatSeconds.Skip(1), (a, b) => 1000 * (b - a))];

    public float At(double seconds, Random random)
    {
        var value = (Noise * SyntheticEcg.Gaussian(random)) + (Wander * Math.Sin(2 * Math.PI * 0.21 * seconds));
        foreach (var beat in BeatSeconds)
        {
            var since = seconds - beat;
            if (since is < -0.5 or > 1.2) continue;
            value += Sign * (Math.Exp(-0.5 * Math.Pow((since - 0.12) / (since < 0.12 ? 0.07 : 0.14), 2)) + (0.35 * Math.Exp(-0.5 * Math.Pow((since - 0.42) / 0.09, 2))));
        }

        return (float)value;
    }

    public float[] Render(double seconds, double rateHz)
    {
        var random = new Random(Seed);
        return [.. Enumerable.Range(0, (int)(seconds * rateHz)).Select(i => At(i / rateHz, random))];
    }
}
