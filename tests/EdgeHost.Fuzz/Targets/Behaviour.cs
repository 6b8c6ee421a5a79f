using System.Text.RegularExpressions;

namespace EdgeHost.Fuzz.Targets;

/// <summary>Words for what a target did.</summary>
internal static partial class Behaviour
{
    private const int MostCounted = 4;

    /// <summary>An error's code and message without what varies with the input: numbers, and all from the first quote to the last, as what is quoted may have quotes.</summary>
    public static string Of(EdgeHostException error) => $"{error.Code}: {Varying().Replace(error.Message, "#")}";

    /// <summary>A count, of which large ones are all alike.</summary>
    public static int Of(int count) => Math.Min(count, MostCounted);

    [GeneratedRegex("'.*'|-?[0-9][0-9.,]*", RegexOptions.CultureInvariant | RegexOptions.Singleline, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Varying();
}
