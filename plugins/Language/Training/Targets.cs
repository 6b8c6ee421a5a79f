using System.Globalization;
using EdgeHost.Plugins.Language.Training.Corpora;

namespace EdgeHost.Plugins.Language.Training;

/// <summary>What networks are trained towards: three shares a text.</summary>
internal static class Targets
{
    private const int Labels = 3;

    /// <summary>The labels alone.</summary>
    /// <param name="texts">The texts.</param>
    /// <param name="smoothing">What all labels share of a text's weight.</param>
    public static float[] Of(IReadOnlyList<LabelledText> texts, float smoothing)
    {
        var targets = new float[texts.Count * Labels];
        Array.Fill(targets, smoothing / Labels);
        for (var i = 0; i < texts.Count; i++) targets[(i * Labels) + texts[i].Label] += 1 - smoothing;
        return targets;
    }

    /// <summary>How much each text counts, so that the tones of each source weigh alike.</summary>
    /// <param name="texts">The texts.</param>
    /// <param name="balance">0 leaves all at 1, 1 balances wholly.</param>
    public static float[] Weights(IReadOnlyList<LabelledText> texts, float balance)
        => WeightsOf(texts, WeightsOfSources(texts, balance));

    /// <summary>What a teacher would judge if the tones weighed so: its shares times the weights, made shares again.</summary>
    public static float[] Reweigh(IReadOnlyList<LabelledText> texts, float[] shares, float balance)
    {
        var weights = WeightsOfSources(texts, balance);
        var result = new float[shares.Length];
        for (var i = 0; i < texts.Count; i++)
        {
            var own = result.AsSpan(i * Labels, Labels);
            var sum = 0f;
            for (var label = 0; label < Labels; label++) sum += own[label] = shares[(i * Labels) + label] * weights[texts[i].Source][label];
            for (var label = 0; label < Labels; label++) own[label] /= sum;
        }

        return result;
    }

    /// <summary>Labels and a teacher's judgement.</summary>
    public static float[] Mix(float[] labels, float[] teacher, float teacherShare)
    {
        var mixed = new float[labels.Length];
        for (var i = 0; i < mixed.Length; i++) mixed[i] = ((1 - teacherShare) * labels[i]) + (teacherShare * teacher[i]);
        return mixed;
    }

    /// <summary>Writes shares with four digits, a text a line.</summary>
    public static void Save(string path, float[] shares)
        => File.WriteAllLines(path, shares.Chunk(Labels).Select(three => string.Join(' ', three.Select(share => share.ToString("F4", CultureInfo.InvariantCulture)))));

    /// <summary>Reads what <see cref="Save"/> wrote.</summary>
    public static float[] Load(string path)
        => [.. File.ReadLines(path).SelectMany(line => line.Split(' ')).Select(share => float.Parse(share, CultureInfo.InvariantCulture))];

    private static float[] WeightsOf(IReadOnlyList<LabelledText> texts, Dictionary<string, float[]> weights) => [.. texts.Select(text => weights[text.Source][text.Label])];

    private static Dictionary<string, float[]> WeightsOfSources(IReadOnlyList<LabelledText> texts, float balance)
        => texts.GroupBy(text => text.Source, StringComparer.Ordinal).ToDictionary(
            group => group.Key,
            group => Enumerable.Range(0, Labels).Select(label => (float)Math.Pow(group.Count() / (double)(Labels * Math.Max(1, group.Count(text => text.Label == label))), balance)).ToArray(),
            StringComparer.Ordinal);
}
