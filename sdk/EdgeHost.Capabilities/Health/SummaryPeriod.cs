namespace EdgeHost.Capabilities.Health;

/// <summary>How long a summary looks back.</summary>
public enum SummaryPeriod
{
    /// <summary>A day.</summary>
    Day = 0,

    /// <summary>Seven days.</summary>
    Week = 1,

    /// <summary>30 days.</summary>
    Month = 2,
}
