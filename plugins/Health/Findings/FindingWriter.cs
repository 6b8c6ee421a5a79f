using EdgeHost.Capabilities.Health;
using EdgeHost.Plugins.Health.Texts;

namespace EdgeHost.Plugins.Health.Findings;

/// <summary>Puts what rules have found into words. Thread-safe.</summary>
internal sealed class FindingWriter(HealthTexts texts)
{
    /// <summary>A finding.</summary>
    /// <param name="rule">The rule.</param>
    /// <param name="language">The language of its texts.</param>
    /// <param name="readings">The values it rests on.</param>
    /// <param name="values">What stands in its texts.</param>
    public HealthFinding Write(HealthRule rule, string language, IReadOnlyList<HealthReading> readings, params ReadOnlySpan<(string Name, object Value)> values) => new()
    {
        Rule = rule.Name,
        Severity = rule.Severity,
        Text = texts.Get(language, rule.Name + ".text", values),
        Advice = texts.Find(language, rule.Name + ".advice", values),
        Guideline = rule.Guideline,
        Readings = readings,
    };

    /// <summary>Findings in the order in which people should read them: emergencies first.</summary>
    public static IReadOnlyList<HealthFinding> Sort(IEnumerable<HealthFinding> findings) => [.. findings.OrderByDescending(static finding => finding.Severity)];
}
