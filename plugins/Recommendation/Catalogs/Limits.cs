namespace EdgeHost.Plugins.Recommendation.Catalogs;

/// <summary>Errors of limits.</summary>
internal static class Limits
{
    /// <summary>A limit is reached.</summary>
    public static EdgeHostException Reached(string what, int most, string setting, string instead)
        => new(ErrorCode.ResourceExhausted, $"There may be at most {most} {what}; nothing of the call was kept. {instead}, or raise the plugin's setting 'recommendation:{setting}'.");
}
