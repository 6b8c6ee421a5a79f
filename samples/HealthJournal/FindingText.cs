using EdgeHost.Capabilities.Health;

namespace HealthJournal;

/// <summary>What the host found, as lines of text: what, what to do, and by which rule.</summary>
internal static class FindingText
{
    public static string Of(HealthFinding finding)
    {
        var sign = finding.Severity switch { FindingSeverity.Urgent => "!!", FindingSeverity.Warn => "! ", _ => "· " };
        var advice = finding.Advice is null ? "" : $"\n   {finding.Advice}";
        return $"{sign} {finding.Text}{advice}\n   ({finding.Guideline})";
    }
}
