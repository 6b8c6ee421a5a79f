using System.Collections.Frozen;
using EdgeHost.Runtime.Dispatch;
using EdgeHost.Runtime.Scheduling;
using EdgeHost.Runtime.Telemetry;

namespace EdgeHost.Runtime.Models;

/// <summary>
/// On whose account a call leases and runs models, and what it used. Made by whoever starts the call, ended by the same. Thread-safe.
/// </summary>
public sealed class CallScope
{
    // Scrambled, calls in a row are spread evenly; begins anywhere, so that what is chosen by it does not repeat with each start of the host.
    private static long _callNumber = Random.Shared.NextInt64();

    internal static readonly IReadOnlySet<string> NoTasks = FrozenSet<string>.Empty;

    private readonly Lock _gate = new();
    private readonly CancellationToken _callToken;
    private List<ModelLease>? _leases;
    private List<string>? _models;
    private Dictionary<string, VersionChoice?>? _choices;
    private CancellationTokenSource? _stop;
    private CancellationToken _stopToken;
    private string _device = string.Empty;
    private string _why = string.Empty;
    private TimeSpan _queueTime;
    private TimeSpan _loadTime;
    private TimeSpan _runTime;
    private int _steps;
    private int _batch = 1;
    private bool _hasEnded;

    /// <summary>Who serves the call.</summary>
    public required string PluginId { get; init; }

    /// <summary>Who calls.</summary>
    public required AppIdentity App { get; init; }

    /// <summary>Is told what its steps cost, or null for nobody.</summary>
    public IDeviceTimeAccount? Account { get; init; }

    /// <summary>The class of its steps.</summary>
    public CallPriority Priority { get; init; } = CallPriority.Normal;

    /// <summary>When the caller stops waiting, or null.</summary>
    public DateTimeOffset? Deadline { get; init; }

    /// <summary>Ids of models it may lease; null for no limit.</summary>
    public IReadOnlySet<string>? AllowedModels { get; init; }

    /// <summary>Tasks whose models it may list and lease besides. Default: none; without meaning where there is no limit of models.</summary>
    public IReadOnlySet<string> AllowedTasks { get; init; } = NoTasks;

    /// <summary>Cancelled when the call is; stops its steps even where the handler passes no token.</summary>
    public CancellationToken CancellationToken
    {
        get => _stopToken.CanBeCanceled ? _stopToken : _callToken;
        init => _callToken = value;
    }

    /// <summary>The spans of a call that is traced, or null.</summary>
    internal CallSpans? Spans { get; init; }

    /// <summary>What the call used so far.</summary>
    /// <param name="totalTime">How long it took.</param>
    public CallReport ToReport(TimeSpan totalTime)
    {
        lock (_gate)
        {
            return new CallReport(
                PluginId, _device, _why, _queueTime, _loadTime, _runTime, _steps, _batch, _models is null ? [] : [.. _models], totalTime);
        }
    }

    /// <summary>Ends the call: disposes the leases that it still holds and refuses new ones.</summary>
    /// <returns>The models of the leases that were not disposed, as <c>id@version</c>; empty for a well-behaved plugin.</returns>
    public IReadOnlyList<string> ReclaimLeases()
    {
        ModelLease[] leaked;
        lock (_gate)
        {
            _hasEnded = true;
            leaked = _leases is null ? [] : [.. _leases];
            _leases?.Clear();
        }

        if (leaked.Length == 0)
        {
            _stop?.Dispose();
            return [];
        }

        foreach (var lease in leaked)
        {
            lease.Dispose();
        }

        return [.. leaked.Select(lease => lease.Entry.Name)];
    }

    /// <summary>The call is over: those who watch the versions that it used hear how it ended. Before <see cref="ReclaimLeases"/>.</summary>
    /// <param name="error">Why it failed, or null.</param>
    internal void EndChoices(ErrorCode? error)
    {
        Dictionary<string, VersionChoice?>? choices;
        lock (_gate)
        {
            (choices, _choices) = (_choices, null);
        }

        if (choices is null) return;
        foreach (var choice in choices.Values) choice?.CallEnded(error);
    }

    /// <summary>Which version this call uses of a model: asked once, then kept.</summary>
    internal async ValueTask<VersionChoice?> ChooseAsync(IModelVersions versions, string model, CancellationToken cancellationToken)
    {
        lock (_gate)
        {
            if (_choices is not null && _choices.TryGetValue(model, out var known)) return known;
        }

        var choice = await versions.ChooseAsync(model, App, Scramble((ulong)Interlocked.Increment(ref _callNumber)), cancellationToken).ConfigureAwait(false);
        if (choice is null) return null;
        lock (_gate)
        {
            // Another lease of the same call may have been first.
            _choices ??= new Dictionary<string, VersionChoice?>(StringComparer.Ordinal);
            return _choices.TryAdd(model, choice) ? choice : _choices[model];
        }
    }

    /// <summary>Replaces a version that could not be loaded: for the rest of the call.</summary>
    internal void Rechoose(string model, VersionChoice? choice)
    {
        lock (_gate)
        {
            if (_choices is not null) _choices[model] = choice;
        }
    }

    /// <summary>Stops what a call that has ended left running on its leases.</summary>
    internal void Stop() => _ = _stop?.CancelAsync();

    /// <summary>A token for work of this call: cancelled with the given one and with the call.</summary>
    internal CancellationToken Combine(CancellationToken token, ref CancellationTokenSource? linked)
    {
        if (!token.CanBeCanceled || token == CancellationToken) return CancellationToken;
        if (!CancellationToken.CanBeCanceled) return token;
        linked = CancellationTokenSource.CreateLinkedTokenSource(token, CancellationToken);
        return linked.Token;
    }

    /// <summary>False if the call has ended, so that the lease must not be handed out.</summary>
    internal bool TryAdd(ModelLease lease)
    {
        lock (_gate)
        {
            if (_hasEnded) return false;
            if (_stop is null)
            {
                _stop = CancellationTokenSource.CreateLinkedTokenSource(_callToken);
                _stopToken = _stop.Token;
            }

            (_leases ??= []).Add(lease);
            _models ??= [];
            var name = lease.Entry.Name;
            if (!_models.Contains(name)) _models.Add(name);
            return true;
        }
    }

    internal void Remove(ModelLease lease)
    {
        lock (_gate)
        {
            _leases?.Remove(lease);
        }
    }

    internal void AddLoad(TimeSpan time)
    {
        Spans?.Load(time);
        lock (_gate)
        {
            _loadTime += time;
        }
    }

    internal void AddStep(string device, string why, TimeSpan queueTime, TimeSpan runTime, int batch)
    {
        Spans?.Step(device, why, queueTime, runTime, batch);
        lock (_gate)
        {
            _device = device;
            _why = why;
            _queueTime += queueTime;
            _runTime += runTime;
            _steps++;
            _batch = Math.Max(_batch, batch);
        }
    }

    // The finaliser of SplitMix64.
    private static ulong Scramble(ulong value)
    {
        value = (value ^ (value >> 30)) * 0xBF58476D1CE4E5B9;
        value = (value ^ (value >> 27)) * 0x94D049BB133111EB;
        return value ^ (value >> 31);
    }
}
