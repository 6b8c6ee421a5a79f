namespace EdgeHost.ModelStore.Manifests;

/// <summary>
/// Orders versions as semantic versioning does, for any number of dotted parts: numbers by value, <c>1.0</c> equals <c>1.0.0</c>,
/// a pre-release (<c>-rc.1</c>) before its release, what follows <c>+</c> ignored. Thread-safe.
/// </summary>
public sealed class ModelVersionComparer : IComparer<string>
{
    private ModelVersionComparer()
    {
    }

    /// <summary>The only instance.</summary>
    public static ModelVersionComparer Instance { get; } = new();

    /// <inheritdoc/>
    public int Compare(string? x, string? y)
    {
        if (x is null || y is null) return x is null ? (y is null ? 0 : -1) : 1;
        var (core, preRelease) = Split(x);
        var (otherCore, otherPreRelease) = Split(y);
        var order = CompareParts(core, otherCore, fillWithZero: true);
        if (order != 0) return order;
        return (preRelease, otherPreRelease) switch
        {
            (null, null) => 0,
            (null, _) => 1,
            (_, null) => -1,
            _ => CompareParts(preRelease, otherPreRelease, fillWithZero: false),
        };
    }

    private static (string Core, string? PreRelease) Split(string version)
    {
        var plus = version.IndexOf('+', StringComparison.Ordinal);
        if (plus >= 0) version = version[..plus];
        var dash = version.IndexOf('-', StringComparison.Ordinal);
        return dash < 0 ? (version, null) : (version[..dash], version[(dash + 1)..]);
    }

    private static int CompareParts(string left, string right, bool fillWithZero)
    {
        var leftParts = left.Split('.');
        var rightParts = right.Split('.');
        for (var i = 0; i < Math.Max(leftParts.Length, rightParts.Length); i++)
        {
            if (!fillWithZero && (i >= leftParts.Length || i >= rightParts.Length)) return leftParts.Length.CompareTo(rightParts.Length);
            var order = ComparePart(i < leftParts.Length ? leftParts[i] : "0", i < rightParts.Length ? rightParts[i] : "0");
            if (order != 0) return order;
        }

        return 0;
    }

    private static int ComparePart(string left, string right)
    {
        var leftIsNumber = left.Length > 0 && left.All(char.IsAsciiDigit);
        var rightIsNumber = right.Length > 0 && right.All(char.IsAsciiDigit);
        if (leftIsNumber != rightIsNumber) return leftIsNumber ? -1 : 1;
        if (!leftIsNumber) return string.CompareOrdinal(left, right);

        // By length without leading zeros and then by digit: no number is too long.
        left = left.TrimStart('0');
        right = right.TrimStart('0');
        return left.Length != right.Length ? left.Length.CompareTo(right.Length) : string.CompareOrdinal(left, right);
    }
}
