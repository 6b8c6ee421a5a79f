namespace EdgeHost.Plugins.Health.Alerts;

/// <summary>What a value does to an alert.</summary>
internal enum AlertStep
{
    /// <summary>Nothing that anybody must hear of.</summary>
    None = 0,

    /// <summary>It raises it.</summary>
    Raises = 1,

    /// <summary>It ends it.</summary>
    Clears = 2,
}
