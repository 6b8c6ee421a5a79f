using System.Text.Json;

namespace ReadNext;

/// <summary>How much of what was shown the reader took, list after list.</summary>
internal static class LearningCurve
{
    private const string Bars = "▁▂▃▄▅▆▇█";

    /// <summary>Counts a line of an export.</summary>
    public static void Count(string line, Dictionary<string, (int Places, int Taken)> lists)
    {
        using var json = JsonDocument.Parse(line);
        if (json.RootElement.TryGetProperty("showing", out var showing)) Add(showing.GetProperty("list").GetString()!, 1, 0);
        if (json.RootElement.TryGetProperty("event", out var taken) && taken.TryGetProperty("list", out var list) && taken.GetProperty("type").GetString() is "read" or "like") Add(list.GetString()!, 0, 1);

        void Add(string name, int places, int reads)
        {
            var known = lists.GetValueOrDefault(name);
            lists[name] = (known.Places + places, known.Taken + reads);
        }
    }

    /// <summary>The share of places that were taken, for each list of which places are known.</summary>
    public static IReadOnlyList<double> Of(IEnumerable<(int Places, int Taken)> lists)
        => [.. lists.Where(static list => list.Places > 0).Select(static list => Math.Min(1, list.Taken / (double)list.Places))];

    /// <summary>A bar a list.</summary>
    public static string Draw(IReadOnlyList<double> curve) => string.Concat(curve.Select(static share => Bars[(int)Math.Round(share * (Bars.Length - 1))]));
}
