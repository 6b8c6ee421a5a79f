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
/// back to the pool when the answer is on its way and refers to it no more.
/// </summary>
#pragma warning disable CA1001 // A token source without timer or wait handle holds nothing, and disposing it would race with a cancel that arrives at the end.
internal sealed partial class ServerCall : IThreadPoolWorkItem, IQueuedFrame
#pragma warning restore CA1001
{
    private readonly ServerConnection _connection;
    private readonly CallContext _context;
    private readonly MethodCost _cost;
    private readonly CallPermit _permit;
    private TimeSpan _deviceTime;
    private readonly CancellationTokenSource _cancellation = new();
    private FrameBuffer _body;
    private volatile bool _isCancelled;
    private EdgeHostException? _failure;

    public ServerCall(ServerConnection connection, uint id, CalledMethod method, in CallContext context, CallPermit permit, DateTimeOffset? deadline, FrameBuffer body)
    {
        _connection = connection;
        _context = context;
        _permit = permit;
        _body = body;
        Id = id;
        Method = method.Name;
        _cost = method.Cost;
        Deadline = deadline;
    }

    /// <summary>The message id.</summary>
    public uint Id { get; }

    /// <summary>The method.</summary>
    public string Method { get; }

    /// <summary>When the caller stops waiting, or null.</summary>
    public DateTimeOffset? Deadline { get; }

    /// <summary>What the references in its body stand for, released with the body; null if there are none.</summary>
    public CallReferences? References { get; init; }

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
        var began = Stopwatch.GetTimestamp();
        _ = RunAsync();
        _cost.Add(Stopwatch.GetTimestamp() - began);
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
            _deviceTime = report?.RunTime ?? TimeSpan.Zero;
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
        _permit.Leave(_deviceTime, code != "ok");
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
        var invocation = new CapabilityInvocation
        {
            Method = Method,
            Body = _body.Memory,
            References = References,
            App = _connection.App!,
            Priority = _permit.Priority,
            Deadline = Deadline,
            TraceParent = _context.TraceParent,
            Items = this,
            Pushes = this,
        };
        return await _connection.Dispatcher.InvokeAsync(invocation, frame, _cancellation.Token).ConfigureAwait(false);
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
            _connection.Forget(this);
            _body.Release();
            References?.Release();
            _connection.OnCallEnded();
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
        });
        await _connection.Transport.SendAsync(frame, _cancellation.Token).ConfigureAwait(false);
    }

    private EdgeHostException Map(Exception e)
    {
        if (_isCancelled) return Cancelled();
        if (e is EdgeHostException known) return known;
        if (e is OperationCanceledException)
        {
            return Deadline <= _connection.Time.GetUtcNow()
                ? new EdgeHostException(ErrorCode.DeadlineExceeded, "The deadline passed before the answer was ready.")
                : Cancelled();
        }

        return _connection.Unexpected(e, Method);
    }

    private EdgeHostException Cancelled() => _failure ?? new EdgeHostException(ErrorCode.Cancelled, "The call was cancelled.");
}
