using System.Globalization;

namespace EdgeHost.Benchmarks.Simulation;

/// <summary>
/// Traces as text: a header line, then one request a line with the columns <c>at_ms,device,app,model,class,deadline_ms,run_ms,fixed_share</c>. Times are
/// milliseconds with a point; <c>class</c> is training, background, normal or interactive; <c>deadline_ms</c> counts from the arrival and is empty for
/// none; <c>fixed_share</c> is empty where steps are never joined. Lines may be in any order; empty ones and those that begin with # are skipped.
/// </summary>
internal static class TraceFile
{
    public const string Header = "at_ms,device,app,model,class,deadline_ms,run_ms,fixed_share";

    /// <summary>More requests are refused rather than read into memory.</summary>
    public const int MostSteps = 20_000_000;

    private const double LongestMilliseconds = 1e9;

    /// <summary>Reads a trace and puts it in order of arrival.</summary>
    /// <exception cref="FormatException">A line is wrong; the message names it and says what was expected.</exception>
    public static IReadOnlyList<TraceStep> Read(TextReader reader)
    {
        var steps = new List<TraceStep>();
        var number = 0;
        var hasHeader = false;
        while (reader.ReadLine() is { } line)
        {
            number++;
            if (line.Length == 0 || line[0] == '#') continue;
            if (!hasHeader)
            {
                if (line.Trim() != Header) throw Wrong(number, $"expected the header {Header}");
                hasHeader = true;
                continue;
            }

            if (steps.Count == MostSteps) throw Wrong(number, $"a trace has at most {MostSteps} requests");
            steps.Add(Parse(line, number));
        }

        if (steps.Count == 0) throw Wrong(number, "the trace has no requests");
        return [.. steps.OrderBy(static step => step.At)];
    }

    /// <summary>Writes a trace.</summary>
    public static void Write(TextWriter writer, IEnumerable<TraceStep> steps)
    {
        writer.WriteLine(Header);
        foreach (var step in steps)
        {
            writer.WriteLine(string.Create(
                CultureInfo.InvariantCulture,
                $"{step.At.TotalMilliseconds},{step.Device},{step.App},{step.Model},{ClassName(step.Priority)},{step.Deadline?.TotalMilliseconds},{step.Run.TotalMilliseconds},{step.FixedShare}"));
        }
    }

    private static TraceStep Parse(string line, int number)
    {
        var fields = line.Split(',', StringSplitOptions.TrimEntries);
        if (fields.Length != 8) throw Wrong(number, $"expected 8 columns, found {fields.Length}");
        if (!int.TryParse(fields[1], NumberStyles.None, CultureInfo.InvariantCulture, out var device)) throw Wrong(number, $"'{fields[1]}' is no number of a device");
        if (fields[2].Length == 0 || fields[3].Length == 0) throw Wrong(number, "app and model must not be empty");
        return new TraceStep(
            Milliseconds(fields[0], 0, number),
            device,
            string.Intern(fields[2]),
            string.Intern(fields[3]),
            ParseClass(fields[4]) ?? throw Wrong(number, $"'{fields[4]}' is no class: training, background, normal or interactive"),
            fields[5].Length == 0 ? null : Milliseconds(fields[5], -LongestMilliseconds, number),
            Milliseconds(fields[6], 0, number),
            fields[7].Length == 0 ? null : Number(fields[7], 0, 1, number));
    }

    // Rounded to a tick: the conversion of the library cuts off, and a time would lose a tick each way.
    private static TimeSpan Milliseconds(string field, double least, int line)
        => TimeSpan.FromTicks((long)Math.Round(Number(field, least, LongestMilliseconds, line) * TimeSpan.TicksPerMillisecond));

    private static double Number(string field, double least, double most, int line)
        => double.TryParse(field, NumberStyles.Float, CultureInfo.InvariantCulture, out var value) && value >= least && value <= most
            ? value
            : throw Wrong(line, string.Create(CultureInfo.InvariantCulture, $"'{field}' is no number from {least} to {most}"));

    private static CallPriority? ParseClass(string name)
    {
        foreach (var priority in Enum.GetValues<CallPriority>())
        {
            if (ClassName(priority) == name) return priority;
        }

        return null;
    }

    private static string ClassName(CallPriority priority) => priority switch
    {
        CallPriority.Training => "training",
        CallPriority.Background => "background",
        CallPriority.Normal => "normal",
        _ => "interactive",
    };

    private static FormatException Wrong(int line, string what) => new($"Line {line} of the trace: {what}.");
}
