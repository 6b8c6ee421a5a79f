namespace EdgeHost.Plugins.Health.Charts;

/// <summary>What a colour means; a theme says which colour it is.</summary>
public enum ChartColor
{
    /// <summary>What the chart is about.</summary>
    Primary = 0,

    /// <summary>Something beside it.</summary>
    Secondary = 1,

    /// <summary>A third thing.</summary>
    Tertiary = 2,

    /// <summary>What neither is good nor bad.</summary>
    Neutral = 3,

    /// <summary>Where values should be.</summary>
    Good = 4,

    /// <summary>Above that.</summary>
    Caution = 5,

    /// <summary>Well above that.</summary>
    Warning = 6,

    /// <summary>Where something has to be done.</summary>
    Danger = 7,
}
