namespace EdgeHost.Plugins.Health.Alerts;

/// <summary>What a person has chosen of a rule. Immutable.</summary>
internal sealed record AlertChoice
{
    /// <summary>The personal limit, or null for the guideline's.</summary>
    public double? Limit { get; init; }

    /// <summary>Whether it is switched off.</summary>
    public bool IsOff { get; init; }

    /// <summary>Whether it is said in quiet hours, too.</summary>
    public bool BreaksQuietHours { get; init; }

    /// <summary>Until when it is snoozed, in milliseconds since 1970 (UTC), or null.</summary>
    public long? SnoozedUntil { get; init; }
}
