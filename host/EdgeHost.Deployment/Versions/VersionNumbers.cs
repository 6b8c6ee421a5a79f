namespace EdgeHost.Deployment.Versions;

/// <summary>How versions that are made here are called: <c>1.0.0-local.3</c> for the third that was made of a model shipped as <c>1.0.0</c>.</summary>
internal static class VersionNumbers
{
    private const string Mark = "-local.";
    private const string First = "1.0.0";

    /// <summary>The name of a version.</summary>
    /// <param name="shipped">The shipped version, or null for an app's own model.</param>
    /// <param name="number">The how manieth it is.</param>
    public static string Of(string? shipped, long number)
    {
        var start = shipped ?? First;
        var build = start.IndexOf('+', StringComparison.Ordinal);
        return $"{(build < 0 ? start : start[..build])}{Mark}{number}";
    }

    /// <summary>Whether a version may be one of these; others are the source's.</summary>
    public static bool IsLocal(ReadOnlySpan<char> version) => version.Contains(Mark, StringComparison.Ordinal);
}
