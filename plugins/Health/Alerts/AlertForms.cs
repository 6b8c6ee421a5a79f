using System.Globalization;
using System.Text;
using System.Text.Json;
using EdgeHost.Capabilities.Health;

namespace EdgeHost.Plugins.Health.Alerts;

/// <summary>Entries and settings as they are kept, before they are encrypted.</summary>
internal static class AlertForms
{
    /// <summary>An entry's bytes.</summary>
    public static byte[] Write(AlertEntry entry) => JsonSerializer.SerializeToUtf8Bytes(entry, AlertJson.Default.AlertEntry);

    /// <summary>The settings' bytes.</summary>
    public static byte[] Write(AlertSettings settings) => JsonSerializer.SerializeToUtf8Bytes(settings, AlertJson.Default.AlertSettings);

    /// <summary>Reads an entry, also of the first form: lines of text.</summary>
    /// <exception cref="EdgeHostException"><see cref="ErrorCode.FailedPrecondition"/>: a newer host has written it.</exception>
    public static AlertEntry ReadEntry(byte[] bytes) => bytes is [(byte)'{', ..] ? Known(() => JsonSerializer.Deserialize(bytes, AlertJson.Default.AlertEntry)) : First(Encoding.UTF8.GetString(bytes).Split('\n', 5));

    /// <summary>Reads settings.</summary>
    /// <exception cref="EdgeHostException"><see cref="ErrorCode.FailedPrecondition"/>: a newer host has written them.</exception>
    public static AlertSettings ReadSettings(byte[] bytes) => Known(() => JsonSerializer.Deserialize(bytes, AlertJson.Default.AlertSettings));

    private static AlertEntry First(string[] lines)
    {
        var (since, time, value) = (long.Parse(lines[1], CultureInfo.InvariantCulture), long.Parse(lines[2], CultureInfo.InvariantCulture), double.Parse(lines[3], CultureInfo.InvariantCulture));
        var rule = AlertRules.ByName[lines[0]];
        return new AlertEntry(AlertEvent.Raised, lines[0], 0, 1, null, time, since, time, rule.Limit, [new AlertReading(rule.Type, value, rule.Unit, time, lines[4])]);
    }

    private static T Known<T>(Func<T?> read)
        where T : class
    {
        try
        {
            return read() ?? throw Newer(null);
        }
        catch (JsonException e)
        {
            throw Newer(e);
        }
    }

    private static EdgeHostException Newer(Exception? cause) => new(ErrorCode.FailedPrecondition, "Alerts are in a form that a newer host has made. Use the newer host.", cause);
}
