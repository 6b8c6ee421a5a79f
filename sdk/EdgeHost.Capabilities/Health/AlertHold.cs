namespace EdgeHost.Capabilities.Health;

/// <summary>Why an alert is kept and not said.</summary>
public enum AlertHold
{
    /// <summary>The person has snoozed its rule.</summary>
    Snoozed = 0,

    /// <summary>It is in the person's quiet hours.</summary>
    QuietHours = 1,
}
