using EdgeHost.Capabilities.Health;

namespace EdgeHost.Plugins.Health.Summaries;

/// <summary>How long periods are.</summary>
internal static class PeriodDays
{
    /// <summary>When a period began, in milliseconds since 1970 (UTC).</summary>
    /// <param name="period">The period: 1, 7 or 30 days.</param>
    /// <param name="until">When it ends, likewise.</param>
    public static long StartOf(SummaryPeriod period, long until)
    {
        var days = period switch
        {
            SummaryPeriod.Day => 1,
            SummaryPeriod.Week => 7,
            _ => 30,
        };
        return until - (long)TimeSpan.FromDays(days).TotalMilliseconds;
    }
}
