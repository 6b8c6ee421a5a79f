using System.Text;

namespace EdgeHost.Host.Watching;

/// <summary>A table of plain text: columns as wide as their widest cell, numbers to the right, nothing wider than the screen.</summary>
internal sealed class TextGrid(params string[] headers)
{
    private const string Gap = "  ";
    private readonly List<string[]> _rows = [];

    /// <summary>Adds a row; a cell for each header. A header that begins with <c>&gt;</c> aligns its column to the right.</summary>
    public void Add(params string[] cells) => _rows.Add(cells);

    public IEnumerable<string> Render(int width)
    {
        var titles = headers.Select(header => header.TrimStart('>')).ToArray();
        var widths = titles.Select((title, column) => Math.Max(title.Length, _rows.Count == 0 ? 0 : _rows.Max(row => row[column].Length))).ToArray();
        yield return Line(titles, widths, width);
        foreach (var row in _rows) yield return Line(row, widths, width);
    }

    private string Line(string[] cells, int[] widths, int width)
    {
        var line = new StringBuilder();
        for (var column = 0; column < cells.Length; column++)
        {
            if (column > 0) line.Append(Gap);
            line.Append(headers[column].StartsWith('>') ? cells[column].PadLeft(widths[column]) : cells[column].PadRight(widths[column]));
        }

        return Screen.Cut(line.ToString().TrimEnd(), width);
    }
}
