using System.Globalization;
using System.Text;
using EdgeHost.Capabilities.Health;

namespace EdgeHost.Plugins.Health.Imports;

/// <summary>CSV with a header: <c>type,value,unit,time</c> and, if wanted, <c>source</c>. The time is ISO 8601 with its offset, or milliseconds since 1970. Fields have no line breaks.</summary>
internal sealed class CsvFormat : IImportFormat
{
    private const int MostLineCharacters = 10_000;

    public IEnumerable<HealthSample> Read(Stream data, Action skipped)
    {
        using var reader = new StreamReader(data, Encoding.UTF8, leaveOpen: true);
        if (Line(reader, 1) is not { } header) throw Invalid(1, "there is no header");
        var names = Fields(header, 1).Select(static name => name.Trim().ToLowerInvariant()).ToList();
        int Column(string name) => names.IndexOf(name) is >= 0 and var at ? at : throw Invalid(1, $"the header has no '{name}'; it needs type, value, unit and time");
        var (type, value, unit, time, source) = (Column("type"), Column("value"), Column("unit"), Column("time"), names.IndexOf("source"));
        for (var number = 2; Line(reader, number) is { } line; number++)
        {
            if (string.IsNullOrWhiteSpace(line)) continue;
            var fields = Fields(line, number);
            if (fields.Count != names.Count) throw Invalid(number, $"there are {fields.Count} fields; the header has {names.Count}");
            if (!double.TryParse(fields[value], NumberStyles.Float, CultureInfo.InvariantCulture, out var parsed) || !double.IsFinite(parsed)) throw Invalid(number, $"'{fields[value]}' is no number");
            var (at, offset) = ImportTime.Parse(fields[time]) ?? throw Invalid(number, $"'{fields[time]}' is no time; give ISO 8601 with an offset, or milliseconds since 1970");
            yield return new HealthSample
            {
                Type = fields[type].Trim(),
                Value = parsed,
                Unit = fields[unit].Trim(),
                Time = at,
                UtcOffsetMinutes = offset,
                Source = source < 0 || fields[source].Length == 0 ? null : fields[source],
            };
        }
    }

    // Bounded, unlike StreamReader.ReadLine: a file without line breaks would become one string.
    private static string? Line(StreamReader reader, int number)
    {
        var line = new StringBuilder();
        while (reader.Read() is >= 0 and var next)
        {
            if (next == '\n') return line.ToString();
            if (next == '\r') continue;
            if (line.Length == MostLineCharacters) throw Invalid(number, $"the line is longer than {MostLineCharacters} characters");
            line.Append((char)next);
        }

        return line.Length > 0 ? line.ToString() : null;
    }

    private static List<string> Fields(string line, int number)
    {
        var (fields, field, isQuoted) = (new List<string>(), new StringBuilder(), false);
        for (var i = 0; i < line.Length; i++)
        {
            var c = line[i];
            if (c == '"' && isQuoted && i + 1 < line.Length && line[i + 1] == '"') field.Append(line[++i]);
            else if (c == '"') isQuoted = !isQuoted;
            else if (c == ',' && !isQuoted)
            {
                fields.Add(field.ToString());
                field.Clear();
            }
            else field.Append(c);
        }

        if (isQuoted) throw Invalid(number, "a quoted field does not end");
        fields.Add(field.ToString());
        return fields;
    }

    private static EdgeHostException Invalid(int line, string problem) => new(ErrorCode.InvalidArgument, $"Line {line} of the CSV: {problem}.");
}
