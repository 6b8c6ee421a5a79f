using System.Text;
using EdgeHost.Capabilities.Health;

namespace EdgeHost.Plugins.Health.Imports;

/// <summary>CSV with a header: <c>type,value,unit,time</c> and, if wanted, <c>source</c>. The time is ISO 8601 with its offset, or milliseconds since 1970. Fields have no line breaks.</summary>
internal sealed class CsvFormat : IImportFormat
{
    public IEnumerable<HealthSample> Read(Stream data, Action skipped)
    {
        using var reader = new StreamReader(data, Encoding.UTF8, leaveOpen: true);
        var lines = new CsvLines(reader);
        if (lines.Next() is not { } header) throw Invalid(1, "there is no header");
        var row = CsvRow.Of(header.Span);
        while (lines.Next() is { } line)
        {
            if (!line.Span.IsWhiteSpace()) yield return row.Read(line.Span, lines.Number);
        }
    }

    /// <summary>What is wrong with a line.</summary>
    public static EdgeHostException Invalid(int line, string problem) => new(ErrorCode.InvalidArgument, $"Line {line} of the CSV: {problem}.");
}
