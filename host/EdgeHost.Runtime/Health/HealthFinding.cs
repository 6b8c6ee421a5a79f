namespace EdgeHost.Runtime.Health;

/// <summary>One thing that was looked at.</summary>
/// <param name="Subject">A device's id, or a model as <c>id@version on device</c>.</param>
/// <param name="State">How it is.</param>
/// <param name="Text">What was found, with figures, for a person.</param>
public sealed record HealthFinding(string Subject, HostHealthState State, string Text);
