using System.Diagnostics;
using EdgeHost.Ipc.Regions;
using EdgeHost.Protocol;
using EdgeHost.Protocol.Frames;
using EdgeHost.Protocol.Messages;
using EdgeHost.Runtime.Dispatch;
using EdgeHost.Security.Access;

namespace EdgeHost.Ipc.Calls;

/// <summary>
/// One call from its frame to its response. It begins on the thread that read it or on the thread pool; the thread that finishes it sends the answer. Its request body goes
/// back to the pool when the answer is on its way and refers to it no more. A connection uses it again for a later call, see <see cref="IsReusable"/>.
/// </summary>
#pragma warning disable CA1001 // A token source without timer or wait handle holds nothing, and disposing it would race with a cancel that arrives at the end.
internal sealed partial class ServerCall : IThreadPoolWorkItem, IQueuedFrame
#pragma warning restore CA1001
{
    private readonly ServerConnection _connection;
    private readonly CancellationTokenSource _cancellation = new();
    private readonly CapabilityInvocation _invocation;
    private CallContext _context;
    private MethodCost _cost = null!;
    private CallPermit _permit;
    private FrameBuffer _body;
    private volatile bool _isCancelled;
    private EdgeHostException? _failure;

    public ServerCall(ServerConnection connection)
    {
        _connection = connection;
        _invocation = new CapabilityInvocation { Method = string.Empty, Body = default, App = connection.App!, Account = connection.DeviceTime, Items = this, Pushes = this };
    }

    /// <summary>The message id.</summary>
    public uint Id { get; private set; }

    /// <summary>The method.</summary>
    public string Method { get; private set; } = string.Empty;

    /// <summary>When the caller stops waiting, or null.</summary>
    public DateTimeOffset? Deadline { get; private set; }

    /// <summary>What the references in its body stand for, released with the body; null if there are none.</summary>
    public CallReferences? References { get; private set; }

    /// <summary>Whether it may become another call once it has ended: nothing of it is left that somebody could still use.</summary>
    public bool IsReusable => !_isCancelled && _failure is null && _credit is null && _pushes is null && _context.IdempotencyKey is null;

    /// <summary>Becomes a call. By the reading thread.</summary>
    /// <param name="id">The message id.</param>
    /// <param name="method">The method.</param>
    /// <param name="context">What the caller said of it.</param>
    /// <param name="permit">Its app's right to it.</param>
    /// <param name="deadline">When the caller stops waiting, or null.</param>
    /// <param name="body">The body; owned from now on.</param>
    /// <param name="references">What its references stand for, or null; owned from now on.</param>
    /// <returns>False if its token cannot be used again; the object is of no use then.</returns>
    public bool TryBegin(
        uint id, CalledMethod method, in CallContext context, CallPermit permit, DateTimeOffset? deadline, FrameBuffer body, CallReferences? references)
    {
        if (Method.Length > 0 && !_cancellation.TryReset()) return false;
        _context = context;
        _permit = permit;
        _body = body;
        _cost = method.Cost;
        Id = id;
        Method = method.Name;
        Deadline = deadline;
        References = references;
        return true;
    }

    /// <summary>Cancels the call; what reacts to it runs elsewhere. Its response is <c>cancelled</c> from now on.</summary>
    public void Cancel()
    {
        _isCancelled = true;
        _ = _cancellation.CancelAsync();
    }

    /// <summary>Ends the call with an error of its caller's making; the first counts.</summary>
    private void Fail(EdgeHostException error)
    {
        Interlocked.CompareExchange(ref _failure, error, null);
        Cancel();
    }

    /// <inheritdoc/>
    void IThreadPoolWorkItem.Execute()
    {
        var cost = _cost; // Once the call has ended, this may be another one already.
        var began = Stopwatch.GetTimestamp();
        _ = RunAsync();
        cost.Add(Stopwatch.GetTimestamp() - began);
    }

    /// <inheritdoc/>
    void IQueuedFrame.OnQueued() => _connection.Forget(this);

    private async Task RunAsync()
    {
        var frame = _connection.Transport.RentFrame();
        var code = "ok";
        try
        {
            RpcWriter.BeginResponse(frame, Id);
            var headerBytes = frame.Length;
            var report = await InvokeAsync(frame).ConfigureAwait(false);
            if (frame.Length == headerBytes) RpcWriter.AppendBody(frame, default);
            CheckResponse(frame);
            if (_isCancelled) throw Cancelled();
            if (_context.Explain && report is { } told) await ExplainAsync(told).ConfigureAwait(false);
        }
        catch (Exception e) // The boundary of a call: nothing may escape, everything is mapped, and logged where unexpected.
        {
            var error = Map(e);
            code = error.Code.ToWireName();
            frame.Reset();
            RpcWriter.WriteError(frame, Id, error);
        }

        _pushes?.Close();
        _permit.Leave(hasFailed: code != "ok");
        await RespondAsync(frame).ConfigureAwait(false);
        _connection.Metrics.CallEnded(code);
    }

    private async ValueTask<CallReport?> InvokeAsync(FrameWriter frame)
    {
        if (_isCancelled) throw Cancelled();
        if (Method == HostMethods.Capabilities)
        {
            RpcWriter.Append(frame, await CapabilityList.CreateAsync(_connection.Catalog, _connection.Access!, _body.Memory, _cancellation.Token).ConfigureAwait(false));
            return null;
        }

        if (_context.IdempotencyKey is { } key) return await InvokeOnceAsync(key, frame).ConfigureAwait(false);
        _invocation.Method = Method;
        _invocation.Body = _body.Memory;
        _invocation.References = References;
        _invocation.Priority = _permit.Priority;
        _invocation.Deadline = Deadline;
        _invocation.TraceParent = _context.TraceParent;
        _invocation.WantsCallId = _context.Explain;
        return await _connection.Dispatcher.InvokeAsync(_invocation, frame, _cancellation.Token).ConfigureAwait(false);
    }

    private async ValueTask RespondAsync(FrameWriter frame)
    {
        // The id is free again before the client can see the response, and not before the response has its place in the queue.
        frame.Queued = this;
        if (frame.Sent is null) _body.Release(); // Nothing refers to it: the next request may have the buffer while it is warm.
        try
        {
            await _connection.Transport.SendAsync(frame, CancellationToken.None).ConfigureAwait(false);
        }
        catch (EdgeHostException)
        {
            // The connection is gone, and with it whoever asked.
        }
        finally
        {
            _body.Release();
            References?.Release();
            _connection.OnCallEnded(this);
        }
    }

    private void CheckResponse(FrameWriter frame)
    {
        frame.Seal();
        if (frame.Length > _connection.Options.MaxFrameBytes)
        {
            throw new EdgeHostException(ErrorCode.ResourceExhausted, $"The response has {frame.Length} bytes, more than the {_connection.Options.MaxFrameBytes} of a frame. Ask for less at once.");
        }

        bool isComplete;
        try
        {
            isComplete = frame.IsComplete(_connection.Options.MaxFrameBytes, _connection.Options.MaxDepth);
        }
        catch (EdgeHostException)
        {
            isComplete = false;
        }

        if (!isComplete) throw _connection.BrokenResponse(Method);
    }

    private async ValueTask ExplainAsync(CallReport report)
    {
        var frame = _connection.Transport.RentFrame();
        RpcWriter.BeginCallNotification(frame, Notifications.Info, Id, otherParameters: 1);
        RpcWriter.Append(frame, new CallInfo
        {
            Plugin = report.PluginId ?? string.Empty,
            Device = report.Device ?? string.Empty,
            Why = report.Why ?? string.Empty,
            QueueTime = report.QueueTime,
            LoadTime = report.LoadTime,
            RunTime = report.RunTime,
            TotalTime = report.TotalTime,
            Steps = report.Steps,
            Batch = report.Batch,
            Models = report.Models ?? [],
            CallId = report.CallId,
        });
        await _connection.Transport.SendAsync(frame, _cancellation.Token).ConfigureAwait(false);
    }

    private EdgeHostException Map(Exception e)
    {
        if (_isCancelled) return Cancelled();
        return MapFailure(e);
    }

    // What went wrong with the work, whether or not its caller is still there.
    private EdgeHostException MapFailure(Exception e)
    {
        if (e is EdgeHostException known) return known;
        if (e is OperationCanceledException)
        {
            return Deadline <= _connection.Time.GetUtcNow()
                ? PastDeadline()
                : Cancelled();
        }

        return _connection.Unexpected(e, Method);
    }

    private static EdgeHostException PastDeadline() => new(ErrorCode.DeadlineExceeded, "The deadline passed before the answer was ready.");

    private EdgeHostException Cancelled() => _failure ?? new EdgeHostException(ErrorCode.Cancelled, "The call was cancelled.");
}
