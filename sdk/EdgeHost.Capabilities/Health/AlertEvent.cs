namespace EdgeHost.Capabilities.Health;

/// <summary>What happened to an alert.</summary>
public enum AlertEvent
{
    /// <summary>It was raised, or what held it back has ended and it still holds.</summary>
    Raised = 0,

    /// <summary>Nobody acknowledged it in time, and it is said again at a higher level.</summary>
    Escalated = 1,

    /// <summary>A person has seen it.</summary>
    Acknowledged = 2,

    /// <summary>A reading shows that it is over.</summary>
    Resolved = 3,

    /// <summary>No newer reading tells whether it still holds.</summary>
    Expired = 4,
}
