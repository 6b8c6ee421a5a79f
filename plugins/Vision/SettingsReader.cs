using System.Globalization;

namespace EdgeHost.Plugins.Vision;

/// <summary>Reads numbers from the plugin's flat settings and refuses those out of range, so that a mistake shows when the plugin starts.</summary>
internal static class SettingsReader
{
    public static int Integer(IReadOnlyDictionary<string, string> settings, string key, int fallback, int minimum, int maximum)
    {
        if (!settings.TryGetValue(key, out var text)) return fallback;
        if (int.TryParse(text, NumberStyles.Integer, CultureInfo.InvariantCulture, out var value) && value >= minimum && value <= maximum)
        {
            return value;
        }

        throw new EdgeHostException(
            ErrorCode.FailedPrecondition,
            $"The setting '{key}' must be a whole number from {minimum} to {maximum}; it is '{text}'.");
    }

    public static float Number(IReadOnlyDictionary<string, string> settings, string key, float fallback, float minimum, float maximum)
    {
        if (!settings.TryGetValue(key, out var text)) return fallback;
        if (float.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var value) && value >= minimum && value <= maximum)
        {
            return value;
        }

        throw new EdgeHostException(
            ErrorCode.FailedPrecondition,
            FormattableString.Invariant($"The setting '{key}' must be a number from {minimum} to {maximum}; it is '{text}'."));
    }
}
