using EdgeHost.Serialization;

namespace EdgeHost.Capabilities.Health;

/// <summary>What a person changes of a rule. What is absent stays.</summary>
[WireMessage]
public sealed partial class HealthAlertRuleChange
{
    /// <summary>The rule's name.</summary>
    [WireField(MaxLength = 64)]
    public required string Rule { get; init; }

    /// <summary>The personal limit, in the rule's unit and within its range.</summary>
    public double? Limit { get; init; }

    /// <summary>Whether it is on; not for urgent rules.</summary>
    public bool? Enabled { get; init; }

    /// <summary>Whether it is said in quiet hours, too; not for urgent rules, which always are.</summary>
    public bool? BreaksQuietHours { get; init; }

    /// <summary>Goes back to the guideline first.</summary>
    public bool Reset { get; init; }
}
