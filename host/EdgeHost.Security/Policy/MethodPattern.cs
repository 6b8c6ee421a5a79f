namespace EdgeHost.Security.Policy;

/// <summary>A method's name, <c>group.*</c> for all that begin with it, or <c>*</c>; with <c>!</c> in front a denial.</summary>
public readonly record struct MethodPattern
{
    private const int MaxLength = 128;

    private readonly string _prefix;
    private readonly bool _isWhole;

    private MethodPattern(string text)
    {
        IsDenial = text.StartsWith('!');
        var name = IsDenial ? text[1..] : text;
        _isWhole = !name.EndsWith('*');
        _prefix = _isWhole ? name : name[..^1];
        Text = text;
    }

    /// <summary>The pattern as it is written.</summary>
    public string Text { get; }

    /// <summary>Whether what matches is denied.</summary>
    public bool IsDenial { get; }

    /// <summary>Whether it is the bare star, which does not grant what needs an explicit grant.</summary>
    public bool IsEverything => !_isWhole && _prefix.Length == 0;

    /// <summary>Reads a pattern.</summary>
    /// <exception cref="ArgumentException">It is none.</exception>
    public static MethodPattern Parse(string text)
        => IsPattern(text, mayDeny: true) ? new MethodPattern(text) : throw new ArgumentException($"'{text}' is no method, 'group.*' or '*'.", nameof(text));

    /// <summary>Whether a text is a pattern.</summary>
    /// <param name="text">The text.</param>
    /// <param name="mayDeny">Whether <c>!</c> may stand in front.</param>
    public static bool IsPattern(string? text, bool mayDeny)
    {
        if (text is null || text.Length > MaxLength) return false;
        var name = mayDeny && text.StartsWith('!') ? text.AsSpan(1) : text;
        if (name is "*") return true;
        if (name.EndsWith(".*")) name = name[..^2];
        if (name.IsEmpty || name[0] == '.' || name[^1] == '.') return false;
        foreach (var c in name)
        {
            if (c is not ((>= 'a' and <= 'z') or (>= '0' and <= '9') or '_' or '.')) return false;
        }

        return true;
    }

    /// <summary>Whether a method is one of those meant.</summary>
    public bool Matches(string method)
    {
        ArgumentNullException.ThrowIfNull(method);
        return _isWhole ? string.Equals(method, _prefix, StringComparison.Ordinal) : method.StartsWith(_prefix, StringComparison.Ordinal);
    }
}
