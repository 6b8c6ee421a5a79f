using Microsoft.Extensions.Logging;

namespace EdgeHost.Ipc.Server;

/// <summary>The log messages of the socket server; event ids are stable.</summary>
internal static partial class IpcLog
{
    [LoggerMessage(2001, LogLevel.Information, "Listening on {Endpoint}.")]
    public static partial void Listening(ILogger logger, string endpoint);

    [LoggerMessage(2002, LogLevel.Information, "Took over the stale socket {Endpoint}.")]
    public static partial void TookOver(ILogger logger, string endpoint);

    [LoggerMessage(2003, LogLevel.Debug, "Session {Session}: connected by process {ProcessId} of user {UserId}.")]
    public static partial void Connected(ILogger logger, string session, long processId, long userId);

    [LoggerMessage(2004, LogLevel.Information, "Session {Session}: hello from {App} ({Client}), process {ProcessId}.")]
    public static partial void Hello(ILogger logger, string session, string app, string client, long processId);

    [LoggerMessage(2005, LogLevel.Debug, "Session {Session}: closed, {Code}: {Reason}")]
    public static partial void Closed(ILogger logger, string session, string code, string reason);

    [LoggerMessage(2006, LogLevel.Warning, "Session {Session}: cut off, {Code}: {Reason}")]
    public static partial void CutOff(ILogger logger, string session, string code, string reason);

    [LoggerMessage(2007, LogLevel.Warning, "A connection was refused: {Limit} are open.")]
    public static partial void TooManyConnections(ILogger logger, int limit);

    [LoggerMessage(2008, LogLevel.Error, "Accepting a connection failed; trying again.")]
    public static partial void AcceptFailed(ILogger logger, Exception exception);

    [LoggerMessage(2009, LogLevel.Error, "Call {Method} of {App} failed unexpectedly; correlation id {CorrelationId}.")]
    public static partial void CallFailed(ILogger logger, Exception exception, string method, string app, string correlationId);

    [LoggerMessage(2010, LogLevel.Error, "Call {Method} of {App} gave a response that is not one MessagePack value; correlation id {CorrelationId}.")]
    public static partial void BrokenResponse(ILogger logger, string method, string app, string correlationId);

    [LoggerMessage(2011, LogLevel.Information, "Stopping: {Calls} calls in flight on {Connections} connections.")]
    public static partial void Draining(ILogger logger, int calls, int connections);

    [LoggerMessage(2012, LogLevel.Warning, "Stopping: {Calls} calls were still in flight after {Timeout} and are cancelled.")]
    public static partial void DrainTimedOut(ILogger logger, int calls, TimeSpan timeout);

    [LoggerMessage(2013, LogLevel.Warning, "Stopping: {Calls} calls did not end after they were cancelled.")]
    public static partial void CallsLeft(ILogger logger, int calls);
}
