namespace EdgeHost.Runtime.Decisions;

/// <summary>Something the host decided, and why. Immutable.</summary>
/// <param name="Number">Its number since the host started, from 1.</param>
/// <param name="Time">When.</param>
/// <param name="Kind">What.</param>
/// <param name="Subject">What it is about: a model as <c>id@version</c>, a device's id.</param>
/// <param name="App">On whose account, or null for the host's own.</param>
/// <param name="Text">What and why, for a person.</param>
public sealed record Decision(long Number, DateTimeOffset Time, DecisionKind Kind, string Subject, string? App, string Text);
