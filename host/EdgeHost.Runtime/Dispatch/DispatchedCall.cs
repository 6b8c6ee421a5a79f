using EdgeHost.PluginSdk;
using EdgeHost.Runtime.Models;
using EdgeHost.Runtime.Scheduling;
using EdgeHost.Runtime.Telemetry;
using Microsoft.Extensions.Logging;

namespace EdgeHost.Runtime.Dispatch;

/// <summary>
/// A call as its handler sees it. It is the one object made for every call and never used again, since a handler may keep it: what it asks of it when the
/// call has ended must not reach another call. Models are accounted for from the first use on.
/// </summary>
internal sealed class DispatchedCall : CapabilityContext
{
    private const int MostRecorded = 500;

    private readonly string _plugin;
    private readonly ServedCapability _served;
    private readonly CapabilityDispatcher _dispatcher;
    private readonly CancellationToken _cancellation;
    private readonly ReadOnlyMemory<byte> _body;
    private readonly IBodyReferences? _references;
    private readonly IItemSink? _items;
    private readonly IItemSource? _pushes;
    private readonly IDeviceTimeAccount? _account;
    private readonly IReadOnlyList<string> _callers;
    private readonly long _deadlineTicks;
    private LeasingCall? _leasing;
    private PluginCaller? _calls;
    private bool _hasEnded;

    public DispatchedCall(
        CapabilityInvocation call, string plugin, ServedCapability served, CapabilityDispatcher dispatcher, CancellationToken cancellation)
    {
        _plugin = plugin;
        _served = served;
        _dispatcher = dispatcher;
        _cancellation = cancellation;
        _references = served.Descriptor.ResolvesReferences ? call.References : null;
        _body = call.References is null || _references is not null ? call.Body : call.References.Inline(call.Body);
        _items = served.Descriptor.Kind.SendsItems() ? call.Items : null;
        _pushes = served.Descriptor.Kind.TakesItems() ? call.Pushes : null;
        _account = call.Account;
        _callers = call.Callers;
        Method = call.Method;
        App = call.App;
        Priority = call.Priority;
        _deadlineTicks = call.Deadline?.UtcTicks ?? 0;
        TraceParent = call.TraceParent;
    }

    /// <summary>The spans of a call that is traced, or null.</summary>
    public CallSpans? Spans { get; init; }

    public override string Method { get; }

    public override AppIdentity App { get; }

    public override ReadOnlyMemory<byte> Body
    {
        get
        {
            // The buffer goes back to its pool: a handler that kept the context must not read another call's bytes.
            ObjectDisposedException.ThrowIf(HasEnded, this);
            return _body;
        }
    }

    public override bool HasReferences => _references is not null;

    public override CallPriority Priority { get; }

    public override DateTimeOffset? Deadline => _deadlineTicks == 0 ? null : new DateTimeOffset(_deadlineTicks, TimeSpan.Zero);

    public override string? TraceParent { get; }

    public override IModelProvider Models => (Volatile.Read(ref _leasing) ?? BeginLeasing()).Provider;

    public override ITrainer Trainer => _dispatcher.Trainers?.For(App) ?? base.Trainer;

    public override ICapabilityCaller Calls
    {
        get
        {
            if (Volatile.Read(ref _calls) is { } known) return known;
            var made = new PluginCaller(_dispatcher, _served, _plugin, _callers, this, _account, _cancellation);
            var calls = Interlocked.CompareExchange(ref _calls, made, null) ?? made;

            // Whoever asks when the call has just ended is seen here, or by the end.
            if (HasEnded) calls.End();
            return calls;
        }
    }

    public override ILogger Logger => _served.Logger;

    private bool HasEnded => Volatile.Read(ref _hasEnded);

    public override ValueTask SendItemAsync(ReadOnlyMemory<byte> item, CancellationToken cancellationToken)
    {
        if (_items is null) throw new InvalidOperationException($"'{Method}' is no stream to its caller and sends no items.");
        ObjectDisposedException.ThrowIf(HasEnded, this);
        return _items.SendAsync(item, cancellationToken);
    }

    public override IAsyncEnumerable<ReadOnlyMemory<byte>> ReadItemsAsync(CancellationToken cancellationToken)
    {
        ObjectDisposedException.ThrowIf(HasEnded, this);
        return _pushes is not null ? _pushes.ReadAllAsync(cancellationToken) : base.ReadItemsAsync(cancellationToken);
    }

    public override bool TryResolve(ReadOnlySpan<byte> reference, out ReadOnlyMemory<byte> binary, out string? problem)
    {
        ObjectDisposedException.ThrowIf(HasEnded, this);
        return _references is null ? base.TryResolve(reference, out binary, out problem) : _references.TryResolve(reference, out binary, out problem);
    }

    /// <summary>What the handler said of its answer, or null.</summary>
    public AnswerReport? Answer { get; private set; }

    public override void ReportAnswer(AnswerReport answer)
    {
        ArgumentNullException.ThrowIfNull(answer);
        ObjectDisposedException.ThrowIf(HasEnded, this);
        Answer = answer;
    }

    public override bool Allows(string permission)
    {
        ArgumentNullException.ThrowIfNull(permission);
        return _dispatcher.Rights?.Allows(App, permission) ?? base.Allows(permission);
    }

    public override void RecordAccess(string what)
    {
        ArgumentNullException.ThrowIfNull(what);
        _dispatcher.Rights?.Record(App, Method, what.Length <= MostRecorded ? what : what[..MostRecorded]);
    }

    /// <summary>What the call used.</summary>
    public CallReport ToReport(TimeSpan totalTime)
        => _leasing?.Scope.ToReport(totalTime)
            ?? new CallReport(_plugin, string.Empty, string.Empty, TimeSpan.Zero, TimeSpan.Zero, TimeSpan.Zero, Steps: 0, Batch: 1, [], totalTime);

    /// <summary>The handler has returned: takes back what it leases.</summary>
    /// <param name="error">Why it failed, or null.</param>
    public void End(ErrorCode? error)
    {
        Volatile.Write(ref _hasEnded, true);
        Interlocked.MemoryBarrier(); // Whoever begins to lease now sees the end, or is seen here.
        Volatile.Read(ref _calls)?.End();
        if (Volatile.Read(ref _leasing) is not { } leasing) return;
        leasing.Abandoned.Dispose();
        leasing.Scope.EndChoices(error);
        TakeBack();
    }

    private void TakeBack() => _dispatcher.ReportLeaks(Method, _served, _leasing!.Scope);

    private LeasingCall BeginLeasing()
    {
        var scope = new CallScope
        {
            PluginId = _plugin,
            App = App,
            Account = _account,
            Priority = Priority,
            Deadline = Deadline,
            AllowedModels = _served.AllowedModels,
            AllowedTasks = _served.AllowedTasks,
            CancellationToken = _cancellation,
            Spans = Spans,
        };
        var leasing = new LeasingCall(scope, _dispatcher.Pool.ForCall(scope));
        if (Interlocked.CompareExchange(ref _leasing, leasing, null) is { } first) return first;

        // A call that ignores its cancellation outlives its plugin; its leases must not.
        leasing.Abandoned = _served.Abandoned.UnsafeRegister(static call => ((DispatchedCall)call!).TakeBack(), this);
        if (!HasEnded) return leasing;
        leasing.Abandoned.Dispose();
        scope.ReclaimLeases(); // It leases nothing any more.
        return leasing;
    }

    private sealed class LeasingCall(CallScope scope, IModelProvider provider)
    {
        public CallScope Scope => scope;

        public IModelProvider Provider => provider;

        /// <summary>Takes the leases back when the plugin goes without the call.</summary>
        public CancellationTokenRegistration Abandoned { get; set; }
    }
}
