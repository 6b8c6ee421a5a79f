using System.Buffers;
using System.Diagnostics;
using EdgeHost.Runtime.Models;
using EdgeHost.Runtime.Telemetry;
using Microsoft.Extensions.Logging;

namespace EdgeHost.Runtime.Dispatch;

/// <summary>The one guarded place where plugin code is called: it maps, counts and times whatever happens there.</summary>
internal sealed class CapabilityDispatcher : ICapabilityDispatcher
{
    /// <summary>Timers take at most 49 days; a deadline beyond this is as good as none.</summary>
    private static readonly TimeSpan FarthestDeadline = TimeSpan.FromDays(30);

    private readonly ICapabilityCatalog _catalog;
    private readonly IModelPool _pool;
    private readonly EdgeHostMeter _meter;
    private readonly TimeProvider _time;
    private readonly ILogger<CapabilityDispatcher> _logger;
    private readonly ICallJournal? _journal;
    private readonly ICallTrainers? _trainers;
    private readonly ICallRights? _rights;

    public CapabilityDispatcher(
        ICapabilityCatalog catalog,
        IModelPool pool,
        EdgeHostMeter meter,
        TimeProvider time,
        ILogger<CapabilityDispatcher> logger,
        ICallJournal? journal = null,
        ICallTrainers? trainers = null,
        ICallRights? rights = null)
    {
        _catalog = catalog;
        _pool = pool;
        _meter = meter;
        _time = time;
        _logger = logger;
        _journal = journal;
        _trainers = trainers;
        _rights = rights;
    }

    /// <summary>Where calls lease models.</summary>
    internal IModelPool Pool => _pool;

    /// <summary>Trains networks for plugins; null where the host does not train.</summary>
    internal ICallTrainers? Trainers => _trainers;

    /// <summary>What apps are allowed and the record of what they had; null where no rules are kept.</summary>
    internal ICallRights? Rights => _rights;

    /// <summary>Whether a plugin may call a method for an app: where nobody says otherwise, it may.</summary>
    internal bool MayCall(AppIdentity app, string method) => _rights?.Allows(app, method) ?? true;

    public async ValueTask<CallReport> InvokeAsync(CapabilityInvocation call, IBufferWriter<byte> response, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(call);
        var started = _time.GetTimestamp();

        // Unknown methods are counted under one name, or any caller could fill the meter with names.
        var route = _catalog.Find(call.Method) ?? throw Unknown(call.Method, started);
        using var activity = _meter.StartCall(call.Method, call.TraceParent);
        ErrorCode? error = ErrorCode.Internal;
        try
        {
            if (call.Callers.Count > 0 && call.Callers.Contains(route.Provider)) throw Circle(call, route);
            var report = await RunAsync(call, route, response, activity, started, cancellationToken).ConfigureAwait(false);
            error = null;
            Describe(activity, report);
            return report;
        }
        catch (EdgeHostException e)
        {
            error = e.Code;
            activity?.SetStatus(ActivityStatusCode.Error, e.Code.ToWireName());
            throw;
        }
        finally
        {
            _meter.CallEnded(call.Method, _time.GetElapsedTime(started), error);
        }
    }

    private static void CheckKind(CapabilityInvocation call, ServedCapability served)
    {
        if (call.MustBeUnary && served.Descriptor.Kind != CapabilityKind.Unary)
        {
            throw new EdgeHostException(ErrorCode.InvalidArgument, $"'{call.Method}' is a stream; an idempotency key is for methods with one response.");
        }

        if (served.Descriptor.Kind.SendsItems() && call.Items is null)
        {
            throw new EdgeHostException(ErrorCode.FailedPrecondition, $"'{call.Method}' sends a stream of items; call it as a stream.");
        }

        if (served.Descriptor.Kind.TakesItems() && call.Pushes is null)
        {
            throw new EdgeHostException(ErrorCode.FailedPrecondition, $"'{call.Method}' takes a stream of items; call it as a stream.");
        }
    }

    private static void Describe(Activity? activity, in CallReport report)
    {
        if (activity is not { IsAllDataRequested: true }) return;
        activity.SetTag("edgehost.plugin", report.PluginId);
        activity.SetTag("edgehost.device", report.Device);
        activity.SetTag("edgehost.why", report.Why);
        activity.SetTag("edgehost.models", string.Join(',', report.Models));
        activity.SetTag("edgehost.steps", report.Steps);
        activity.SetTag("edgehost.batch", report.Batch);
        activity.SetTag("edgehost.queue_us", report.QueueTime.TotalMicroseconds);
        activity.SetTag("edgehost.load_us", report.LoadTime.TotalMicroseconds);
        activity.SetTag("edgehost.run_us", report.RunTime.TotalMicroseconds);
    }

    private async ValueTask<CallReport> RunAsync(
        CapabilityInvocation call, CapabilityRoute route, IBufferWriter<byte> response, Activity? activity, long started, CancellationToken cancellationToken)
    {
        CancellationTokenSource? deadline = null;
        if (call.Deadline is { } instant)
        {
            var left = instant - _time.GetUtcNow();
            if (left <= TimeSpan.Zero) throw PastDeadline(call);
            if (left < FarthestDeadline) deadline = new CancellationTokenSource(left, _time);
        }

        using var ownedDeadline = deadline;
        using var either = deadline is null ? null : CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, deadline.Token);
        var stop = either?.Token ?? cancellationToken;
        try
        {
            // Cancelled before it began: the handler never hears of it.
            stop.ThrowIfCancellationRequested();
            var served = await route.Target.EnterAsync(call.Method, stop).ConfigureAwait(false);
            try
            {
                CheckKind(call, served);
                stop.ThrowIfCancellationRequested();
                return await HandleAsync(call, route, served, response, activity, started, stop).ConfigureAwait(false);
            }
            finally
            {
                served.Leave();
            }
        }
        catch (EdgeHostException)
        {
            throw;
        }
        catch (OperationCanceledException e) when (stop.IsCancellationRequested)
        {
            throw cancellationToken.IsCancellationRequested
                ? new EdgeHostException(ErrorCode.Cancelled, $"The call of '{call.Method}' was cancelled.", e)
                : PastDeadline(call, e);
        }
#pragma warning disable CA1031 // The boundary to plugin code: a fault there fails this call alone. Logged with its stack and mapped here.
        catch (Exception e)
#pragma warning restore CA1031
        {
            var correlation = Activity.Current?.TraceId.ToHexString() ?? Guid.NewGuid().ToString("n");
            _logger.LogError(e, "{Method} of {Plugin} failed unexpectedly; correlation {Correlation}.", call.Method, route.Provider, correlation);
            throw new EdgeHostException(
                ErrorCode.Internal, $"'{call.Method}' failed unexpectedly. The host's log has the cause under correlation id {correlation}.", e)
            {
                Details = new Dictionary<string, string>(StringComparer.Ordinal) { ["correlation_id"] = correlation },
            };
        }
    }

    private async ValueTask<CallReport> HandleAsync(
        CapabilityInvocation call,
        CapabilityRoute route,
        ServedCapability served,
        IBufferWriter<byte> response,
        Activity? activity,
        long started,
        CancellationToken cancellationToken)
    {
        var context = new DispatchedCall(call, route.Provider, served, this, cancellationToken)
        {
            Spans = activity is { IsAllDataRequested: true } ? new CallSpans(activity, _time) : null,
        };
        ErrorCode? error = ErrorCode.Internal;
        try
        {
            await served.Handler.HandleAsync(context, response, cancellationToken).ConfigureAwait(false);
            error = null;
            var report = context.ToReport(_time.GetElapsedTime(started));
            return context.Answer is { } answer && _journal?.Add(call, report.Models, answer) is { } id ? report with { CallId = id } : report;
        }
        catch (Exception e) when (e is EdgeHostException or OperationCanceledException)
        {
            error = (e as EdgeHostException)?.Code ?? (call.Deadline <= _time.GetUtcNow() ? ErrorCode.DeadlineExceeded : ErrorCode.Cancelled);
            throw;
        }
        finally
        {
            context.End(error);
        }
    }

    /// <summary>Takes back what a call still leases, and says so.</summary>
    internal void ReportLeaks(string method, ServedCapability served, CallScope scope)
    {
        var leaked = scope.ReclaimLeases();
        if (leaked.Count == 0) return;
        scope.Stop();
        served.LeasesReclaimed?.Invoke(leaked.Count);
        foreach (var model in leaked)
        {
            _meter.LeaseLeaked(scope.PluginId);
            _logger.LogWarning("{Method} of {Plugin} did not dispose its lease of {Model}; it was reclaimed.", method, scope.PluginId, model);
        }
    }

    private static EdgeHostException Circle(CapabilityInvocation call, CapabilityRoute route)
        => new(ErrorCode.FailedPrecondition, $"'{call.Method}' is served by '{route.Provider}', which waits for this call: {string.Join(" calls ", call.Callers)}.");

    private static EdgeHostException PastDeadline(CapabilityInvocation call, Exception? cause = null)
        => new(ErrorCode.DeadlineExceeded, $"The deadline of the call of '{call.Method}' passed before it was done.", cause);

    private EdgeHostException Unknown(string method, long started)
    {
        _meter.CallEnded("unknown", _time.GetElapsedTime(started), ErrorCode.Unimplemented);
        var shown = method.Length <= 128 ? method : string.Concat(method.AsSpan(0, 128), "…");
        var nearest = NearestNames.FindOne(method, _catalog.Routes.Select(route => route.Method));
        return new EdgeHostException(
            ErrorCode.Unimplemented,
            nearest is null
                ? $"There is no method '{shown}'; `edgehost capabilities` lists them."
                : $"There is no method '{shown}'; did you mean '{nearest}'?");
    }
}
