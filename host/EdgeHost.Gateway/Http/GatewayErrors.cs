using Microsoft.AspNetCore.Http;

namespace EdgeHost.Gateway.Http;

/// <summary>Turns the host's errors into statuses and bodies of OpenAI's interface, by whose types and codes its client libraries choose their exceptions.</summary>
internal static class GatewayErrors
{
    public static int StatusOf(ErrorCode code) => code switch
    {
        ErrorCode.InvalidArgument or ErrorCode.FailedPrecondition => StatusCodes.Status400BadRequest,
        ErrorCode.Unauthenticated => StatusCodes.Status401Unauthorized,
        ErrorCode.PermissionDenied => StatusCodes.Status403Forbidden,
        ErrorCode.NotFound => StatusCodes.Status404NotFound,
        ErrorCode.AlreadyExists or ErrorCode.Aborted => StatusCodes.Status409Conflict,
        ErrorCode.ResourceExhausted => StatusCodes.Status429TooManyRequests,
        ErrorCode.Cancelled => StatusCodes.Status499ClientClosedRequest,
        ErrorCode.Unimplemented => StatusCodes.Status501NotImplemented,
        ErrorCode.Unavailable => StatusCodes.Status503ServiceUnavailable,
        ErrorCode.DeadlineExceeded => StatusCodes.Status504GatewayTimeout,
        _ => StatusCodes.Status500InternalServerError,
    };

    public static ErrorEnvelope BodyOf(EdgeHostException error) => new(new ErrorBody(
        error.Message, TypeOf(error.Code), error.Details.GetValueOrDefault("field"), error.Code.ToWireName()));

    /// <summary>Answers with an error, unless the answer has begun.</summary>
    public static Task WriteAsync(HttpContext context, EdgeHostException error)
    {
        if (context.Response.HasStarted) return Task.CompletedTask;
        context.Response.Clear();
        var after = error.RetryAfter;
        if (after is { } wait) context.Response.Headers.RetryAfter = Math.Max(1, (long)Math.Ceiling(wait.TotalSeconds)).ToString(System.Globalization.CultureInfo.InvariantCulture);
        if (error.Code == ErrorCode.Unauthenticated) context.Response.Headers.WWWAuthenticate = "Bearer";

        // What the host refused for good is not helped by sending it again, which client libraries do by themselves after 409 and 5xx.
        if (after is null && !error.IsTransient) context.Response.Headers["x-should-retry"] = "false";
        return WriteAsync(context, StatusOf(error.Code), BodyOf(error));
    }

    /// <summary>Answers with an error's body.</summary>
    public static Task WriteAsync(HttpContext context, int status, ErrorEnvelope body)
    {
        context.Response.StatusCode = status;
        return context.Response.WriteAsJsonAsync(body, GatewayJson.Wire.ErrorEnvelope, contentType: null, context.RequestAborted);
    }

    private static string TypeOf(ErrorCode code) => code switch
    {
        ErrorCode.InvalidArgument or ErrorCode.NotFound or ErrorCode.FailedPrecondition or ErrorCode.Unimplemented => "invalid_request_error",
        ErrorCode.Unauthenticated => "authentication_error",
        ErrorCode.PermissionDenied => "permission_error",
        ErrorCode.ResourceExhausted => "rate_limit_error",
        ErrorCode.DeadlineExceeded => "timeout_error",
        _ => "server_error",
    };
}
