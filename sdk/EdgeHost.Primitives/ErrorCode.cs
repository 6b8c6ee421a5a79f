namespace EdgeHost;

/// <summary>
/// The canonical error codes that cross the wire, the SDK and the logs. The numeric values are those of the
/// gRPC/Google canonical codes and never change; the wire carries the name (see <see cref="ErrorCodeNames"/>).
/// </summary>
public enum ErrorCode
{
    /// <summary>The caller cancelled the call or went away.</summary>
    Cancelled = 1,

    /// <summary>The request is wrong whatever the state of the host: a bad field, a broken image, a malformed frame.</summary>
    InvalidArgument = 3,

    /// <summary>The deadline passed, or was certain to pass, before the answer was ready.</summary>
    DeadlineExceeded = 4,

    /// <summary>A method, model, plugin, file or record of that name does not exist.</summary>
    NotFound = 5,

    /// <summary>What was to be created is already there.</summary>
    AlreadyExists = 6,

    /// <summary>The caller is known and may not do this.</summary>
    PermissionDenied = 7,

    /// <summary>A quota, a queue, memory or disk is full. <see cref="EdgeHostException.RetryAfter"/> says when to try again, if known.</summary>
    ResourceExhausted = 8,

    /// <summary>The host is not in the state that the call needs; the message says what to do first.</summary>
    FailedPrecondition = 9,

    /// <summary>The call lost against a concurrent change; trying again may succeed.</summary>
    Aborted = 10,

    /// <summary>The method or option is known but not offered by this host.</summary>
    Unimplemented = 12,

    /// <summary>A fault of the host or a plugin. The message never carries a stack trace or a path.</summary>
    Internal = 13,

    /// <summary>The host, plugin or device cannot serve now; trying again may succeed.</summary>
    Unavailable = 14,

    /// <summary>Stored data is lost or damaged, for example a model file whose hash no longer matches.</summary>
    DataLoss = 15,

    /// <summary>The caller did not say who it is, or its token is wrong.</summary>
    Unauthenticated = 16,
}
