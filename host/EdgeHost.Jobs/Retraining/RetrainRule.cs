using EdgeHost.Jobs.Specs;

namespace EdgeHost.Jobs.Retraining;

/// <summary>Whether a job is to begin again. No clock and no store of its own.</summary>
internal static class RetrainRule
{
    public static bool IsDue(RetrainSpec rule, IReadOnlyDictionary<string, long> before, IReadOnlyDictionary<string, long> now, TimeSpan sinceLast)
        => sinceLast >= rule.AtMostEvery && CountChanges(before, now) >= rule.After;

    /// <summary>Labels that were added or changed: an example that got another label counts once, though one number falls and another rises.</summary>
    public static long CountChanges(IReadOnlyDictionary<string, long> before, IReadOnlyDictionary<string, long> now)
    {
        var (risen, fallen) = (0L, 0L);
        foreach (var label in before.Keys.Union(now.Keys, StringComparer.Ordinal))
        {
            var difference = now.GetValueOrDefault(label) - before.GetValueOrDefault(label);
            if (difference > 0) risen += difference;
            else fallen -= difference;
        }

        return Math.Max(risen, fallen);
    }
}
