using System.Buffers;
using EdgeHost.PluginSdk;
using EdgeHost.Runtime.Scheduling;

namespace EdgeHost.Runtime.Dispatch;

/// <summary>
/// Calls capabilities for the plugin that serves a call. It outlives the call and keeps nothing of it but who called: what is called afterwards is background work. Thread-safe.
/// </summary>
internal sealed class PluginCaller(
    CapabilityDispatcher dispatcher, ServedCapability served, string plugin, IReadOnlyList<string> callers, CapabilityContext call, IDeviceTimeAccount? account, CancellationToken cancellation) : ICapabilityCaller
{
    // Copied, so that whoever keeps this does not keep the call with its body.
    private readonly AppIdentity _app = call.App;
    private readonly CallPriority _priority = call.Priority;
    private readonly DateTimeOffset? _deadline = call.Deadline;
    private readonly string? _traceParent = call.TraceParent;
    private readonly string[] _callers = [.. callers, plugin];
    private volatile bool _hasEnded;

    public async ValueTask<ReadOnlyMemory<byte>> CallAsync(string method, ReadOnlyMemory<byte> request, CancellationToken cancellationToken)
    {
        ArgumentException.ThrowIfNullOrEmpty(method);
        if (!served.AllowedCalls.Contains(method))
        {
            throw new EdgeHostException(ErrorCode.PermissionDenied, $"The plugin '{plugin}' may not call '{method}': its manifest does not have it in 'calls'.");
        }

        if (!dispatcher.MayCall(_app, method))
        {
            throw new EdgeHostException(
                ErrorCode.PermissionDenied, $"The app '{_app.Name}' may not call '{method}', which '{plugin}' needs for it. The device's owner can allow it: edgehost apps grant {_app.Name} {method}");
        }

        var isOver = _hasEnded;
        using var either = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, isOver ? served.Abandoned : cancellation);
        var inner = new CapabilityInvocation
        {
            Method = method,
            Body = request,
            App = _app,
            Account = account,
            Priority = isOver ? CallPriority.Background : _priority,
            Deadline = isOver ? null : _deadline,
            TraceParent = isOver ? null : _traceParent,
            Callers = _callers,
        };
        var response = new ArrayBufferWriter<byte>();
        await dispatcher.InvokeAsync(inner, response, either.Token).ConfigureAwait(false);
        return response.WrittenMemory;
    }

    /// <summary>The call has ended: from now on calls are background work.</summary>
    public void End() => _hasEnded = true;
}
