using System.Globalization;

namespace EdgeHost.Plugins.Language.Training;

/// <summary>The command line as <c>--name value</c> pairs. Immutable.</summary>
internal sealed class Arguments
{
    private readonly Dictionary<string, string> _values = new(StringComparer.Ordinal);

    /// <summary>Reads pairs.</summary>
    /// <exception cref="EdgeHostException"><see cref="ErrorCode.InvalidArgument"/>: they are none.</exception>
    public Arguments(ReadOnlySpan<string> arguments)
    {
        for (var i = 0; i < arguments.Length; i += 2)
        {
            if (!arguments[i].StartsWith("--", StringComparison.Ordinal) || i + 1 == arguments.Length) throw new EdgeHostException(ErrorCode.InvalidArgument, $"Give pairs '--name value'; '{arguments[i]}' is none.");
            _values[arguments[i][2..]] = arguments[i + 1];
        }
    }

    /// <summary>A text that must be given.</summary>
    public string Text(string name) => Optional(name) ?? throw new EdgeHostException(ErrorCode.InvalidArgument, $"Give --{name}.");

    /// <summary>A text, or null.</summary>
    public string? Optional(string name) => _values.GetValueOrDefault(name);

    /// <summary>A whole number.</summary>
    public int Number(string name, int fallback) => Optional(name) is { } text ? int.Parse(text, CultureInfo.InvariantCulture) : fallback;

    /// <summary>A number.</summary>
    public float Share(string name, float fallback) => Optional(name) is { } text ? float.Parse(text, CultureInfo.InvariantCulture) : fallback;
}
