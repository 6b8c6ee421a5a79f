using System.Globalization;
using System.Text;
using EdgeHost.Plugins.Vision.Scenes;
using EdgeHost.Plugins.Vision.Training.Vectors;

namespace EdgeHost.Plugins.Vision.Training.Scenes;

/// <summary>Measures a head. No state.</summary>
internal static class SceneScore
{
    // Below it a judgement is a guess, whatever few pictures say.
    private const float LeastThreshold = 0.4f;

    /// <summary>The threshold from which a head counts as sure: where scenes judged rightly and other pictures judged as <c>unknown</c> are most, both counting alike.</summary>
    public static float Threshold(SceneLinear head, IReadOnlyList<LabelledVector> vectors)
    {
        var judged = vectors.Select(vector => (vector.Label, Shares: head.Judge(vector.Values))).ToList();
        return Enumerable.Range(0, 11).Select(static step => LeastThreshold + (step * 0.05f)).MaxBy(threshold => Share(known: true, threshold) + Share(known: false, threshold));

        double Share(bool known, float threshold)
        {
            var own = judged.Where(entry => entry.Label == SceneHead.Unknown != known).ToList();
            return own.Count == 0 ? 0 : own.Average(entry => Label(head, entry.Shares, threshold) == entry.Label ? 1.0 : 0);
        }
    }

    /// <summary>Says how a head does, class by class.</summary>
    public static string Report(SceneLinear head, float threshold, IReadOnlyList<LabelledVector> vectors)
    {
        var text = new StringBuilder();
        var judged = vectors.Select(vector => (vector.Label, Found: Label(head, head.Judge(vector.Values), threshold))).ToList();
        var known = judged.Where(static entry => entry.Label != SceneHead.Unknown).ToList();
        text.AppendLine(CultureInfo.InvariantCulture, $"scenes: {Right(known):F3} of {known.Count} right");
        text.AppendLine(CultureInfo.InvariantCulture, $"  of those that were not called unknown: {Right(known.Where(static entry => entry.Found != SceneHead.Unknown)):F3}");
        foreach (var own in judged.GroupBy(static entry => entry.Label).OrderBy(static own => own.Key, StringComparer.Ordinal))
        {
            var errors = own.Where(entry => entry.Found != own.Key).GroupBy(static entry => entry.Found).OrderByDescending(static found => found.Count()).Select(static found => $"{found.Key} {found.Count()}");
            text.AppendLine(CultureInfo.InvariantCulture, $"  {own.Key}: {own.Average(entry => entry.Found == own.Key ? 1.0 : 0):F3} of {own.Count()}; {string.Join(", ", errors)}");
        }

        return text.ToString();

        // A file may have no place in it.
        static double Right(IEnumerable<(string Label, string Found)> entries) => entries.Select(static entry => entry.Label == entry.Found ? 1.0 : 0).DefaultIfEmpty(double.NaN).Average();
    }

    private static string Label(SceneLinear head, float[] shares, float threshold)
    {
        var best = Array.IndexOf(shares, shares.Max());
        return shares[best] >= threshold ? head.Labels[best] : SceneHead.Unknown;
    }
}
