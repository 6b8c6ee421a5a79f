using EdgeHost.Training.Randomness;

namespace EdgeHost.Training.Networks;

/// <summary>What a parameter's first values are drawn from. Immutable and thread-safe.</summary>
public sealed record Initialisation
{
    private Initialisation(float spread, float constant, bool isNormal)
        => (Spread, Constant, IsNormal) = (spread, constant, isNormal);

    /// <summary>Every value 0.</summary>
    public static Initialisation Zeros { get; } = new(0, 0, isNormal: false);

    /// <summary>Every value 1.</summary>
    public static Initialisation Ones { get; } = new(0, 1, isNormal: false);

    private float Spread { get; }

    private float Constant { get; }

    private bool IsNormal { get; }

    /// <summary>Evenly between ±√(6 ÷ (inputs + outputs)) (Glorot and Bengio, 2010): for sigmoid, tanh and linear layers.</summary>
    public static Initialisation Glorot(long inputs, long outputs) => new(MathF.Sqrt(6f / (inputs + outputs)), 0, isNormal: false);

    /// <summary>Evenly between ±√(6 ÷ inputs) (He et al., 2015): for layers before ReLU and its kin.</summary>
    public static Initialisation He(long inputs) => new(MathF.Sqrt(6f / inputs), 0, isNormal: false);

    /// <summary>Normally about 0: for embeddings.</summary>
    /// <param name="deviation">The standard deviation, at least 0.</param>
    public static Initialisation Normal(float deviation) => new(deviation, 0, isNormal: true);

    /// <summary>Fills a parameter. The values follow from the seed and the name alone, so that one more layer changes no other.</summary>
    internal void Fill(Span<float> target, ulong seed, string name)
    {
        if (Spread == 0)
        {
            target.Fill(Constant);
            return;
        }

        var random = new SeededRandom(seed, name);
        foreach (ref var value in target) value = Spread * (IsNormal ? random.NextNormal() : (2 * random.NextSingle()) - 1);
    }
}
