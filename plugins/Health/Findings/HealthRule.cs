using EdgeHost.Capabilities.Health;

namespace EdgeHost.Plugins.Health.Findings;

/// <summary>A rule that findings come from: its texts are at <c>NAME.text</c> and <c>NAME.advice</c>.</summary>
/// <param name="Name">Its stable name.</param>
/// <param name="Severity">How urgent what it finds is.</param>
/// <param name="Guideline">Where it is from.</param>
internal sealed record HealthRule(string Name, FindingSeverity Severity, string Guideline);
