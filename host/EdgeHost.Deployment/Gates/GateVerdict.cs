namespace EdgeHost.Deployment.Gates;

/// <summary>A gate's word. Immutable.</summary>
/// <param name="Outcome">What it says.</param>
/// <param name="Reason">Why, with figures, for a person.</param>
public sealed record GateVerdict(GateOutcome Outcome, string Reason);
