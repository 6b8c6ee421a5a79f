using EdgeHost.Capabilities.Health;

namespace EdgeHost.Plugins.Health.Summaries;

/// <summary>How many days periods have.</summary>
internal static class PeriodDays
{
    /// <summary>The days of a period.</summary>
    public static int Of(SummaryPeriod period) => period switch
    {
        SummaryPeriod.Day => 1,
        SummaryPeriod.Week => 7,
        _ => 30,
    };
}
