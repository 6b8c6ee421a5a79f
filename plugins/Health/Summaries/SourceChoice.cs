using EdgeHost.Plugins.Health.Samples;

namespace EdgeHost.Plugins.Health.Summaries;

/// <summary>Decides whose readings count where several devices measured the same on the same day.</summary>
internal static class SourceChoice
{
    /// <summary>The samples of one type and day that count.</summary>
    /// <param name="samples">Of one type and day.</param>
    /// <param name="precedence">Sources, the best first; null: all count, but of what adds up the source with the largest sum, so that nothing counts twice.</param>
    public static IReadOnlyList<Sample> Of(IReadOnlyList<Sample> samples, IReadOnlyList<string>? precedence)
    {
        var preferred = precedence?.FirstOrDefault(source => samples.Any(sample => sample.Source == source));
        if (preferred is not null) return [.. samples.Where(sample => sample.Source == preferred)];
        return samples[0].Type.IsSummed
            ? [.. samples.GroupBy(static sample => sample.Source, StringComparer.Ordinal).MaxBy(static group => group.Sum(static sample => sample.Value))!]
            : samples;
    }
}
