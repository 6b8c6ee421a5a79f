using System.Globalization;

namespace EdgeHost.Benchmarks.Figures;

/// <summary>Collects the figures of several runs and prints their median and spread. Not thread-safe.</summary>
internal sealed class FigureTable
{
    private readonly List<(string Benchmark, Figure First, List<double> Values)> _rows = [];

    public bool IsEmpty => _rows.Count == 0;

    public void Add(string benchmark, IEnumerable<Figure> figures)
    {
        foreach (var figure in figures)
        {
            var known = _rows.FindIndex(row => row.Benchmark == benchmark && row.First.Name == figure.Name);
            if (known >= 0) _rows[known].Values.Add(figure.Value);
            else _rows.Add((benchmark, figure, [figure.Value]));
        }
    }

    /// <summary>Writes the table as Markdown. A figure meets its bound when its median does.</summary>
    public void Write(TextWriter writer)
    {
        writer.WriteLine("| figure | must | aim | median | spread | runs | met |");
        writer.WriteLine("|---|---|---|---|---|---|---|");
        foreach (var (benchmark, figure, values) in _rows)
        {
            var median = MedianOf(values);
            var met = figure.Must is not { } must ? string.Empty : must.IsMetBy(median) ? "yes" : "no";
            writer.WriteLine(string.Create(
                CultureInfo.InvariantCulture,
                $"| `{benchmark}`: {figure.Name} | {Text(figure.Must, figure)} | {Text(figure.Aim, figure)} | {Text(median, figure)} | {Spread(values, figure)} | {values.Count} | {met} |"));
        }
    }

    internal static double MedianOf(IEnumerable<double> values)
    {
        var sorted = values.Order().ToArray();
        return sorted.Length % 2 == 1 ? sorted[sorted.Length / 2] : (sorted[(sorted.Length / 2) - 1] + sorted[sorted.Length / 2]) / 2;
    }

    private static string Spread(List<double> values, Figure figure)
        => values.Count == 1 ? string.Empty : $"{Text(values.Min(), figure)} to {Text(values.Max(), figure)}";

    private static string Text(Bound? bound, Figure figure) => bound is { } known ? $"{known}{Unit(figure)}" : string.Empty;

    private static string Text(double value, Figure figure)
    {
        // Four digits that count: ratios near one and hundreds of milliseconds in one column.
        var digits = Math.Abs(value) switch { >= 1000 => 0, >= 100 => 1, >= 10 => 2, _ => 3 };
        return value.ToString($"F{digits}", CultureInfo.InvariantCulture) + Unit(figure);
    }

    private static string Unit(Figure figure) => figure.Unit.Length == 0 ? string.Empty : $" {figure.Unit}";
}
