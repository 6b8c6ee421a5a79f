namespace EdgeHost.Capabilities.Health;

/// <summary>How urgent a finding is.</summary>
public enum FindingSeverity
{
    /// <summary>For information.</summary>
    Info = 0,

    /// <summary>Worth attention; see a doctor if it stays.</summary>
    Warn = 1,

    /// <summary>Act now.</summary>
    Urgent = 2,
}
