using System.Collections.ObjectModel;

namespace EdgeHost;

/// <summary>
/// The one exception for expected failures: what the wire calls an error. A handler throws it to give its caller a typed
/// answer; a client throws it for the error it received. The message is shown to app developers: it says what was wrong
/// and what to do, and carries no stack trace, path or secret.
/// </summary>
public class EdgeHostException : Exception
{
    private static readonly ReadOnlyDictionary<string, string> NoDetails = new(new Dictionary<string, string>());

    /// <summary>Creates an error.</summary>
    /// <param name="code">The canonical code.</param>
    /// <param name="message">What was wrong and what to do.</param>
    /// <param name="innerException">The cause, for logs only; it never crosses the wire.</param>
    public EdgeHostException(ErrorCode code, string message, Exception? innerException = null)
        : base(message, innerException)
        => Code = code;

    /// <summary>The canonical code.</summary>
    public ErrorCode Code { get; }

    /// <summary>How long to wait before trying again, if the host knows; never negative.</summary>
    public TimeSpan? RetryAfter { get; init; }

    /// <summary>Further facts as name and text, for example <c>expected</c> and <c>actual</c> of a hash. Never null.</summary>
    public IReadOnlyDictionary<string, string> Details { get; init; } = NoDetails;

    /// <summary>Whether the same call may succeed later without a change by the caller.</summary>
    public bool IsTransient => Code is ErrorCode.Unavailable or ErrorCode.ResourceExhausted or ErrorCode.Aborted;
}
