namespace EdgeHost.Security.Policy;

/// <summary>The names of apps.</summary>
public static class AppNames
{
    private const int MaxLength = 128;

    /// <summary>Whether a text is one: 1 to 128 characters of <c>a-z 0-9 . _ -</c>.</summary>
    public static bool IsName(string? name)
        => name is { Length: > 0 and <= MaxLength } && name.All(static c => c is (>= 'a' and <= 'z') or (>= '0' and <= '9') or '.' or '_' or '-');
}
