namespace EdgeHost.Capabilities.Health;

/// <summary>The colours of a chart.</summary>
public enum HealthChartTheme
{
    /// <summary>Dark on white, also for printing.</summary>
    Light = 0,

    /// <summary>Light on dark.</summary>
    Dark = 1,
}
