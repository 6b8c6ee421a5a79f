using System.Globalization;
using EdgeHost.Capabilities.Host;

namespace EdgeHost.Host.Watching;

/// <summary>Decisions as lines of text.</summary>
internal static class DecisionText
{
    /// <summary>A line each, as they come; the same decision several times in a row is one line with how often it was taken.</summary>
    public static IEnumerable<string> Lines(IReadOnlyList<DecisionEntry> decisions, TimeZoneInfo zone)
    {
        for (var index = 0; index < decisions.Count;)
        {
            var newest = decisions[index];
            var end = index + 1;
            while (end < decisions.Count && IsSame(newest, decisions[end])) end++;
            var times = end - index;
            var repeated = times == 1 ? string.Empty : string.Create(CultureInfo.InvariantCulture, $" ({times} times since {Time(decisions[end - 1], zone)})");
            index = end;
            yield return $"{Line(newest, zone)}{repeated}";
        }
    }

    public static string Name(DecisionKind kind) => kind.ToString().ToLowerInvariant();

    private static string Line(DecisionEntry decision, TimeZoneInfo zone)
    {
        return $"{Time(decision, zone)}  {Name(decision.Kind),-10} {Screen.Clean(Sentence(decision))}";
    }

    // A text that begins with its subject need not be told twice what it is about; a device's is what it does.
    private static string Sentence(DecisionEntry decision)
    {
        if (decision.Text.StartsWith(decision.Subject, StringComparison.Ordinal)) return decision.App is null ? decision.Text : $"for {decision.App}: {decision.Text}";
        if (decision.Kind == DecisionKind.Device) return $"{decision.Subject} {decision.Text}";
        return decision.App is null ? $"{decision.Subject}: {decision.Text}" : $"{decision.Subject} for {decision.App}: {decision.Text}";
    }

    private static string Time(DecisionEntry decision, TimeZoneInfo zone)
        => TimeZoneInfo.ConvertTime(DateTimeOffset.FromUnixTimeMilliseconds(decision.TimeMs), zone).ToString("HH:mm:ss", CultureInfo.InvariantCulture);

    private static bool IsSame(DecisionEntry one, DecisionEntry other)
        => one.Kind == other.Kind && one.Subject == other.Subject && one.App == other.App && one.Text == other.Text;
}
