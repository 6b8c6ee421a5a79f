namespace EdgeHost.Protocol;

/// <summary>Names in <see cref="EdgeHostException.Details"/> that the protocol itself gives a meaning.</summary>
internal static class ErrorDetails
{
    /// <summary>
    /// With <c>unavailable</c>: the call was refused before it began, so that it may be sent to another connection whatever it does. The value is <c>true</c>.
    /// </summary>
    public const string NotRun = "not_run";

    private static readonly Dictionary<string, string> NotRunDetails = new(StringComparer.Ordinal) { [NotRun] = "true" };

    /// <summary>The error of a call that was not begun.</summary>
    public static EdgeHostException NotBegun(string message, Exception? cause = null) => new(ErrorCode.Unavailable, message, cause) { Details = NotRunDetails };

    /// <summary>Whether an error says that its call was not begun.</summary>
    public static bool SaysNotRun(EdgeHostException error)
        => error.Code == ErrorCode.Unavailable && error.Details.TryGetValue(NotRun, out var value) && value == "true";
}
