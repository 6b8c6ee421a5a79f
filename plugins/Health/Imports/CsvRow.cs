using System.Globalization;
using System.Text;
using EdgeHost.Capabilities.Health;

namespace EdgeHost.Plugins.Health.Imports;

/// <summary>Makes samples of the lines below a header. Not thread-safe.</summary>
internal sealed class CsvRow
{
    private readonly int _type;
    private readonly int _value;
    private readonly int _unit;
    private readonly int _time;
    private readonly int _source;
    private readonly Range[] _fields;

    // Lines mostly repeat what the line before has.
    private string _lastType = string.Empty;
    private string _lastUnit = string.Empty;
    private string _lastSource = string.Empty;

    private CsvRow(List<string> names)
    {
        int Column(string name) => names.IndexOf(name) is >= 0 and var at ? at : throw CsvFormat.Invalid(1, $"the header has no '{name}'; it needs type, value, unit and time");
        (_type, _value, _unit, _time, _source) = (Column("type"), Column("value"), Column("unit"), Column("time"), names.IndexOf("source"));

        // One more, so that a line with too many fields is noticed.
        _fields = new Range[names.Count + 1];
    }

    /// <summary>Reads the header.</summary>
    /// <exception cref="EdgeHostException"><see cref="ErrorCode.InvalidArgument"/>: a column is missing.</exception>
    public static CsvRow Of(ReadOnlySpan<char> header) => new([.. Unquote(header, 1).Select(static name => name.Trim().ToLowerInvariant())]);

    /// <summary>Reads a line.</summary>
    /// <exception cref="EdgeHostException"><see cref="ErrorCode.InvalidArgument"/>: it is none of the header's.</exception>
    public HealthSample Read(ReadOnlySpan<char> line, int number)
    {
        if (line.Contains('"'))
        {
            var fields = Unquote(line, number);
            Check(fields.Count, number);
            return Make(fields[_type], fields[_value], fields[_unit], fields[_time], _source < 0 ? default : fields[_source], number);
        }

        var count = line.Split(_fields, ',');
        Check(count < _fields.Length ? count : line.Count(',') + 1, number);
        return Make(line[_fields[_type]], line[_fields[_value]], line[_fields[_unit]], line[_fields[_time]], _source < 0 ? default : line[_fields[_source]], number);
    }

    private void Check(int count, int number)
    {
        if (count != _fields.Length - 1) throw CsvFormat.Invalid(number, $"there are {count} fields; the header has {_fields.Length - 1}");
    }

    private HealthSample Make(ReadOnlySpan<char> type, ReadOnlySpan<char> value, ReadOnlySpan<char> unit, ReadOnlySpan<char> time, ReadOnlySpan<char> source, int number)
    {
        if (!double.TryParse(value, NumberStyles.Float, CultureInfo.InvariantCulture, out var parsed) || !double.IsFinite(parsed)) throw CsvFormat.Invalid(number, $"'{value}' is no number");
        var (at, offset) = ImportTime.Parse(time) ?? throw CsvFormat.Invalid(number, $"'{time}' is no time; give ISO 8601 with an offset, or milliseconds since 1970");
        return new HealthSample
        {
            Type = TextOf(type.Trim(), ref _lastType),
            Value = parsed,
            Unit = TextOf(unit.Trim(), ref _lastUnit),
            Time = at,
            UtcOffsetMinutes = offset,
            Source = source.IsEmpty ? null : TextOf(source, ref _lastSource),
        };
    }

    private static string TextOf(ReadOnlySpan<char> characters, ref string last) => characters.SequenceEqual(last) ? last : last = characters.ToString();

    private static List<string> Unquote(ReadOnlySpan<char> line, int number)
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

        if (isQuoted) throw CsvFormat.Invalid(number, "a quoted field does not end");
        fields.Add(field.ToString());
        return fields;
    }
}
