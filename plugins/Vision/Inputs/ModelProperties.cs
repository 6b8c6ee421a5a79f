using System.Globalization;
using EdgeHost.PluginSdk;

namespace EdgeHost.Plugins.Vision.Inputs;

/// <summary>Reads what a model's manifest says of it, and refuses what is wrong: whoever wrote the manifest may be anybody.</summary>
internal readonly struct ModelProperties(ModelDescription model)
{
    /// <summary>A text; null if the manifest does not say.</summary>
    public string? Text(string name) => model.Properties.TryGetValue(name, out var text) ? text : null;

    /// <summary>Texts that are separated by commas; empty if the manifest does not say.</summary>
    public string[] List(string name) => Text(name)?.Split(',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries) ?? [];

    /// <summary>A whole number; null if the manifest does not say.</summary>
    /// <exception cref="EdgeHostException"><see cref="ErrorCode.FailedPrecondition"/>: it is none, or outside of its range.</exception>
    public int? Integer(string name, int minimum, int maximum)
    {
        if (Text(name) is not { } text) return null;
        if (int.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var value) && value >= minimum && value <= maximum) return value;
        throw Wrong(name, text, FormattableString.Invariant($"a whole number from {minimum} to {maximum}"));
    }

    /// <summary>A number; null if the manifest does not say.</summary>
    /// <exception cref="EdgeHostException"><see cref="ErrorCode.FailedPrecondition"/>: it is none, or outside of its range.</exception>
    public float? Number(string name, float minimum, float maximum)
        => Text(name) is { } text ? ReadNumber(name, text, minimum, maximum) : null;

    /// <summary>Three numbers, or one for all; null if the manifest does not say.</summary>
    /// <exception cref="EdgeHostException"><see cref="ErrorCode.FailedPrecondition"/>: they are none, or outside of their range.</exception>
    public float[]? Channels(string name, float minimum, float maximum)
    {
        if (Text(name) is not { } text) return null;
        var parts = List(name);
        var numbers = new float[parts.Length];
        for (var i = 0; i < parts.Length; i++) numbers[i] = ReadNumber(name, parts[i], minimum, maximum);
        return numbers.Length switch
        {
            1 => [numbers[0], numbers[0], numbers[0]],
            3 => numbers,
            var count => throw Wrong(name, text, $"one number or three, separated by commas; it has {count}"),
        };
    }

    /// <summary>One of several words; <paramref name="fallback"/> if the manifest does not say.</summary>
    /// <exception cref="EdgeHostException"><see cref="ErrorCode.FailedPrecondition"/>: it is another word.</exception>
    public T OneOf<T>(string name, T fallback, params ReadOnlySpan<(string Word, T Value)> words)
    {
        if (Text(name) is not { } text) return fallback;
        var known = new List<string>(words.Length);
        foreach (var (word, value) in words)
        {
            if (word == text) return value;
            known.Add(word);
        }

        throw Wrong(name, text, string.Join(" or ", known));
    }

    private float ReadNumber(string name, string text, float minimum, float maximum)
        => float.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var value) && value >= minimum && value <= maximum
            ? value
            : throw Wrong(name, text, FormattableString.Invariant($"a number from {minimum} to {maximum}"));

    private EdgeHostException Wrong(string name, string text, string expected)
        => new(ErrorCode.FailedPrecondition, $"The property '{name}' in the manifest of the model '{model.Id}' is '{text}'; it must be {expected}.");
}
