namespace EdgeHost.Plugins.Health.Signals.Baselines;

/// <summary>A lasting change.</summary>
/// <param name="Since">The first day of it.</param>
/// <param name="Found">The day on which it was certain.</param>
/// <param name="Before">What was usual before.</param>
/// <param name="After">The median since.</param>
public readonly record struct Change(DateOnly Since, DateOnly Found, Baseline Before, double After);
