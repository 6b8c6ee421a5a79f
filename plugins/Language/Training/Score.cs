using System.Globalization;
using EdgeHost.Plugins.Language.Training.Corpora;

namespace EdgeHost.Plugins.Language.Training;

/// <summary>How good judgements are. Immutable.</summary>
/// <param name="Accuracy">The share that is right.</param>
/// <param name="MacroF1">The mean of the tones' F1, of those that occur.</param>
/// <param name="Count">Texts.</param>
internal sealed record Score(double Accuracy, double MacroF1, int Count)
{
    private const int Labels = 3;

    /// <summary>Compares judgements with labels.</summary>
    /// <param name="texts">The texts.</param>
    /// <param name="shares">Three numbers a text; the highest counts.</param>
    public static Score Of(IReadOnlyList<LabelledText> texts, float[] shares) => Of(texts, shares, static _ => true);

    /// <summary>The same for each source, by name.</summary>
    public static IEnumerable<(string Source, Score Score)> BySource(IReadOnlyList<LabelledText> texts, float[] shares)
        => texts.Select(text => text.Source).Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal).Select(source => (source, Of(texts, shares, text => text.Source == source)));

    /// <inheritdoc/>
    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"accuracy {Accuracy:F4}, macro F1 {MacroF1:F4} of {Count}");

    private static Score Of(IReadOnlyList<LabelledText> texts, float[] shares, Func<LabelledText, bool> counts)
    {
        var confusion = new int[Labels, Labels];
        var (right, count) = (0, 0);
        for (var i = 0; i < texts.Count; i++)
        {
            if (!counts(texts[i])) continue;
            var own = shares.AsSpan(i * Labels, Labels);
            var judged = own[0] >= own[1] && own[0] >= own[2] ? 0 : own[1] >= own[2] ? 1 : 2;
            confusion[texts[i].Label, judged]++;
            count++;
            if (judged == texts[i].Label) right++;
        }

        double sum = 0;
        var occurring = 0;
        for (var label = 0; label < Labels; label++)
        {
            var actual = Enumerable.Range(0, Labels).Sum(other => confusion[label, other]);
            var judged = Enumerable.Range(0, Labels).Sum(other => confusion[other, label]);
            if (actual == 0) continue;
            occurring++;
            sum += 2.0 * confusion[label, label] / (actual + judged);
        }

        return new Score((double)right / Math.Max(1, count), sum / Math.Max(1, occurring), count);
    }
}
