using EdgeHost.Plugins.Language.Training.Corpora;

namespace EdgeHost.Plugins.Language.Training;

/// <summary>What networks are trained towards: three shares a text.</summary>
internal static class Targets
{
    private const int Labels = 3;

    /// <summary>The labels.</summary>
    /// <param name="texts">The texts.</param>
    /// <param name="smoothing">What all labels share of a text's weight: a label may be wrong.</param>
    public static float[] Of(IReadOnlyList<LabelledText> texts, float smoothing)
    {
        var targets = new float[texts.Count * Labels];
        Array.Fill(targets, smoothing / Labels);
        for (var i = 0; i < texts.Count; i++) targets[(i * Labels) + texts[i].Label] += 1 - smoothing;
        return targets;
    }
}
