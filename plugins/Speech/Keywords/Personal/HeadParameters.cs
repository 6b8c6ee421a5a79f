using EdgeHost.Plugins.Speech.Keywords.Hearing;

namespace EdgeHost.Plugins.Speech.Keywords.Personal;

/// <summary>The numbers of a head: vectors are brought to mean 0 and deviation 1, then a hidden layer with ReLU, then one output, whose sigmoid is the score. Not changed.</summary>
internal sealed class HeadParameters
{
    /// <summary>How many vectors it looks at.</summary>
    public required int Window { get; init; }

    /// <summary>What is taken from each of the 96 numbers.</summary>
    public required float[] Mean { get; init; }

    /// <summary>What each of the 96 numbers is then multiplied by.</summary>
    public required float[] Scale { get; init; }

    /// <summary>The hidden layer's weights, [width, window · 96].</summary>
    public required float[] Hidden { get; init; }

    /// <summary>What the hidden layer adds.</summary>
    public required float[] HiddenBias { get; init; }

    /// <summary>The output's weights.</summary>
    public required float[] Output { get; init; }

    /// <summary>What the output adds.</summary>
    public required float OutputBias { get; init; }

    /// <summary>How many numbers it looks at.</summary>
    public int Inputs => Window * KeywordFeatures.Width;
}
