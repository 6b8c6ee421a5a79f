using System.Globalization;

namespace EdgeHost.Benchmarks;

/// <summary>The command line: names of benchmarks or groups, and options. Immutable.</summary>
internal sealed record BenchmarkArguments(IReadOnlyList<string> Names, int Repeat, double Scale, string? Trace)
{
    public const string Usage = "[NAME]... [--repeat N] [--scale FACTOR] [--trace FILE.csv] [--only PART,...]";

    private const int MostRepeats = 100;

    /// <summary>Parts of a benchmark that are to run alone; empty for all.</summary>
    public IReadOnlyList<string> Only { get; init; } = [];

    /// <summary>Reads the arguments.</summary>
    /// <exception cref="FormatException">They are wrong; the message says how.</exception>
    public static BenchmarkArguments Parse(IReadOnlyList<string> arguments)
    {
        var read = new BenchmarkArguments([], 1, 1, null);
        var names = new List<string>();
        for (var i = 0; i < arguments.Count; i++)
        {
            switch (arguments[i])
            {
                case "--repeat":
                    read = read with { Repeat = (int)Number(arguments, ref i, 1, MostRepeats) };
                    break;
                case "--scale":
                    read = read with { Scale = Number(arguments, ref i, 0.01, 100) };
                    break;
                case "--trace":
                    read = read with { Trace = Value(arguments, ref i) };
                    break;
                case "--only":
                    read = read with { Only = Value(arguments, ref i).Split(',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries) };
                    break;
                case var option when option.StartsWith('-'):
                    throw new FormatException($"Unknown option {option}.");
                case var name:
                    names.Add(name);
                    break;
            }
        }

        return read with { Names = names };
    }

    private static string Value(IReadOnlyList<string> arguments, ref int index)
        => index + 1 < arguments.Count ? arguments[++index] : throw new FormatException($"{arguments[index]} takes a value.");

    private static double Number(IReadOnlyList<string> arguments, ref int index, double least, double most)
    {
        var option = arguments[index];
        return double.TryParse(Value(arguments, ref index), NumberStyles.Float, CultureInfo.InvariantCulture, out var number) && number >= least && number <= most
            ? number
            : throw new FormatException($"{option} takes a number from {least} to {most}.");
    }
}
