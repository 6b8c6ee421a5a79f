using System.Globalization;
using EdgeHost.Client.Health.Replay;

namespace HealthJournal;

/// <summary>What was asked for on the command line.</summary>
internal sealed record Settings(string Command, IReadOnlyList<string> Files, DateOnly? Date, string Person, string? Language, string Charts, double Speed)
{
    /// <summary>Reads the arguments; null where they are wrong.</summary>
    public static Settings? Parse(IReadOnlyList<string> arguments)
    {
        var (words, options) = (new List<string>(), new Dictionary<string, string> { ["--person"] = "self", ["--charts"] = "charts", ["--speed"] = "1" });
        for (var i = 0; i < arguments.Count; i++)
        {
            if (!arguments[i].StartsWith("--", StringComparison.Ordinal)) words.Add(arguments[i]);
            else if (arguments[i] is not ("--person" or "--language" or "--charts" or "--speed") || i + 1 == arguments.Count) return null;
            else options[arguments[i]] = arguments[++i];
        }

        var date = default(DateOnly);
        if (!double.TryParse(options["--speed"], NumberStyles.Float, CultureInfo.InvariantCulture, out var speed) || speed is not (>= ReplayOptions.LeastSpeed and <= ReplayOptions.MostSpeed)) return null;
        var isKnown = words switch
        {
            ["import", _] or ["live", _, _] or ["today"] => true,
            ["today", var day] => DateOnly.TryParseExact(day, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out date),
            _ => false,
        };
        return isKnown ? new Settings(words[0], words[1..], words is ["today", _] ? date : null, options["--person"], options.GetValueOrDefault("--language"), options["--charts"], speed) : null;
    }
}
