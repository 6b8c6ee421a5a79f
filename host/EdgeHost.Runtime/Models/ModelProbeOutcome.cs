namespace EdgeHost.Runtime.Models;

/// <summary>What came of a probe.</summary>
public enum ModelProbeOutcome
{
    /// <summary>It answered.</summary>
    Answered = 0,

    /// <summary>Nothing ran on it yet, so no inputs are known that it takes.</summary>
    NotKnown = 1,

    /// <summary>It failed.</summary>
    Failed = 2,

    /// <summary>It did not answer in time.</summary>
    NoAnswer = 3,
}
