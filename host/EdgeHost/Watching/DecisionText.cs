using System.Globalization;
using EdgeHost.Capabilities.Host;

namespace EdgeHost.Host.Watching;

/// <summary>A decision as a line of text.</summary>
internal static class DecisionText
{
    public static string Line(DecisionEntry decision, TimeZoneInfo zone)
    {
        var time = TimeZoneInfo.ConvertTime(DateTimeOffset.FromUnixTimeMilliseconds(decision.TimeMs), zone);
        var app = decision.App is null ? string.Empty : $" for {Screen.Clean(decision.App)}";
        return $"{time.ToString("HH:mm:ss", CultureInfo.InvariantCulture)}  {Name(decision.Kind),-10} {Screen.Clean(decision.Subject)}{app}: {Screen.Clean(decision.Text)}";
    }

    public static string Name(DecisionKind kind) => kind.ToString().ToLowerInvariant();
}
