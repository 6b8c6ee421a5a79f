using EdgeHost.PluginSdk;
using EdgeHost.Runtime.Models;
using Microsoft.Extensions.Logging;

namespace EdgeHost.Runtime.Dispatch;

/// <summary>A call as its handler sees it.</summary>
internal sealed class DispatchedCall : CapabilityContext
{
    private readonly CapabilityInvocation _call;
    private readonly EnteredCapability _entered;
    private readonly CallScope _scope;
    private readonly CapabilityDispatcher _dispatcher;
    private readonly ReadOnlyMemory<byte> _body;
    private readonly IBodyReferences? _references;
    private volatile bool _hasEnded;

    public DispatchedCall(CapabilityInvocation call, EnteredCapability entered, IModelPool pool, CallScope scope, CapabilityDispatcher dispatcher)
    {
        _call = call;
        _entered = entered;
        _scope = scope;
        _dispatcher = dispatcher;
        _references = entered.Descriptor.ResolvesReferences ? call.References : null;
        _body = call.References is null || _references is not null ? call.Body : call.References.Inline(call.Body);
        Logger = entered.Logger;
        Models = pool.ForCall(scope);
    }

    public override string Method => _call.Method;

    public override AppIdentity App => _call.App;

    public override ReadOnlyMemory<byte> Body
    {
        get
        {
            // The buffer goes back to its pool: a handler that kept the context must not read another call's bytes.
            ObjectDisposedException.ThrowIf(_hasEnded, this);
            return _body;
        }
    }

    public override bool HasReferences => _references is not null;

    public override CallPriority Priority => _call.Priority;

    public override DateTimeOffset? Deadline => _call.Deadline;

    public override string? TraceParent => _call.TraceParent;

    public override IModelProvider Models { get; }

    public override ILogger Logger { get; }

    public override ValueTask SendItemAsync(ReadOnlyMemory<byte> item, CancellationToken cancellationToken)
    {
        if (!_entered.Descriptor.Kind.SendsItems()) throw new InvalidOperationException($"'{Method}' is no stream to its caller and sends no items.");
        ObjectDisposedException.ThrowIf(_hasEnded, this);
        return _call.Items!.SendAsync(item, cancellationToken);
    }

    public override IAsyncEnumerable<ReadOnlyMemory<byte>> ReadItemsAsync(CancellationToken cancellationToken)
    {
        ObjectDisposedException.ThrowIf(_hasEnded, this);
        return _entered.Descriptor.Kind.TakesItems() ? _call.Pushes!.ReadAllAsync(cancellationToken) : base.ReadItemsAsync(cancellationToken);
    }

    public override bool TryResolve(ReadOnlySpan<byte> reference, out ReadOnlyMemory<byte> binary, out string? problem)
    {
        ObjectDisposedException.ThrowIf(_hasEnded, this);
        return _references is null ? base.TryResolve(reference, out binary, out problem) : _references.TryResolve(reference, out binary, out problem);
    }

    public void End() => _hasEnded = true;

    /// <summary>Its plugin goes without it: takes back what it leases.</summary>
    public void Abandon() => _dispatcher.ReportLeaks(_call, _entered, _scope);
}
