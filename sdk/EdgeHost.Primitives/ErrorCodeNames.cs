namespace EdgeHost;

/// <summary>Translates <see cref="ErrorCode"/> to and from its name on the wire (<c>invalid_argument</c>, <c>not_found</c>, ...). Thread-safe.</summary>
public static class ErrorCodeNames
{
    /// <summary>The wire name of a code. An undefined value is reported as <c>internal</c>.</summary>
    /// <param name="code">The code.</param>
    public static string ToWireName(this ErrorCode code) => code switch
    {
        ErrorCode.Cancelled => "cancelled",
        ErrorCode.InvalidArgument => "invalid_argument",
        ErrorCode.DeadlineExceeded => "deadline_exceeded",
        ErrorCode.NotFound => "not_found",
        ErrorCode.AlreadyExists => "already_exists",
        ErrorCode.PermissionDenied => "permission_denied",
        ErrorCode.ResourceExhausted => "resource_exhausted",
        ErrorCode.FailedPrecondition => "failed_precondition",
        ErrorCode.Aborted => "aborted",
        ErrorCode.Unimplemented => "unimplemented",
        ErrorCode.Unavailable => "unavailable",
        ErrorCode.DataLoss => "data_loss",
        ErrorCode.Unauthenticated => "unauthenticated",
        _ => "internal",
    };

    /// <summary>The code of a wire name; a name this version does not know becomes <see cref="ErrorCode.Internal"/>, so that a newer peer's errors stay errors.</summary>
    /// <param name="name">The name as received; may be null.</param>
    public static ErrorCode FromWireName(string? name) => name switch
    {
        "cancelled" => ErrorCode.Cancelled,
        "invalid_argument" => ErrorCode.InvalidArgument,
        "deadline_exceeded" => ErrorCode.DeadlineExceeded,
        "not_found" => ErrorCode.NotFound,
        "already_exists" => ErrorCode.AlreadyExists,
        "permission_denied" => ErrorCode.PermissionDenied,
        "resource_exhausted" => ErrorCode.ResourceExhausted,
        "failed_precondition" => ErrorCode.FailedPrecondition,
        "aborted" => ErrorCode.Aborted,
        "unimplemented" => ErrorCode.Unimplemented,
        "unavailable" => ErrorCode.Unavailable,
        "data_loss" => ErrorCode.DataLoss,
        "unauthenticated" => ErrorCode.Unauthenticated,
        _ => ErrorCode.Internal,
    };
}
