namespace EdgeHost.Deployment.Gates;

/// <summary>What a gate says.</summary>
public enum GateOutcome
{
    /// <summary>Too little is known.</summary>
    Waiting = 0,

    /// <summary>The version may go on.</summary>
    Passed = 1,

    /// <summary>The version is out.</summary>
    Failed = 2,
}
