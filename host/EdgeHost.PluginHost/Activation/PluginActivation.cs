using EdgeHost.PluginHost.Loading;
using EdgeHost.PluginHost.Manifests;
using EdgeHost.PluginSdk;
using EdgeHost.Runtime.Dispatch;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace EdgeHost.PluginHost.Activation;

/// <summary>
/// A loaded and started plugin: its context, its container, its handlers, and the number of calls inside. Entering is thread-safe;
/// <see cref="StopAsync"/> is called once, by the generation that owns it.
/// </summary>
#pragma warning disable CA1001 // StopAsync is its end and disposes what it owns.
internal sealed class PluginActivation
#pragma warning restore CA1001
{
    private readonly PluginAssembly _assembly;
    private readonly EdgeHostPlugin _entry;
    private readonly ServiceProvider _container;
    private readonly PluginGuard _guard;
    private readonly ILogger _logger;
    private readonly Dictionary<string, ServedCapability> _served;
    private readonly CancellationTokenSource _stopping = new();
    private readonly CancellationTokenSource _abandoned = new();
    private readonly TaskCompletionSource _drained = new(TaskCreationOptions.RunContinuationsAsynchronously);

    // Calls inside plus one for the owner until it drains: zero is final, so no call enters after the last one left.
    private int _holders = 1;
    private volatile bool _draining;

    public PluginActivation(
        PluginAssembly assembly,
        EdgeHostPlugin entry,
        ServiceProvider container,
        IEnumerable<(CapabilityDescriptor Descriptor, ICapabilityHandler Handler)> served,
        PluginManifest manifest,
        string folder,
        PluginGuard guard,
        ILogger logger)
    {
        _assembly = assembly;
        _entry = entry;
        _container = container;
        _guard = guard;
        _logger = logger;
        Folder = folder;
        _served = new Dictionary<string, ServedCapability>(StringComparer.Ordinal);
        foreach (var (descriptor, handler) in served)
        {
            _served.Add(descriptor.Method, new ServedCapability(descriptor, new GuardedHandler(handler, guard, _stopping.Token), logger, manifest.Models, Leave)
            {
                AllowedTasks = manifest.Tasks,
                AllowedCalls = manifest.Calls,
                Abandoned = _abandoned.Token,
                LeasesReclaimed = guard.Totals.CountLeakedLeases,
            });
        }
    }

    /// <summary>The folder it runs from.</summary>
    public string Folder { get; }

    /// <summary>Dies when the code is out of memory.</summary>
    public WeakReference Context => _assembly.Context;

    /// <summary>What it says of its capabilities.</summary>
    public IEnumerable<CapabilityDescriptor> Descriptors => _served.Values.Select(served => served.Descriptor);

    public int InFlightCalls => Math.Max(0, Volatile.Read(ref _holders) - (_draining ? 0 : 1));

    /// <summary>Enters for a call, or returns null if it takes none any more.</summary>
    /// <exception cref="EdgeHostException"><see cref="ErrorCode.Unimplemented"/>: this version does not have the method.</exception>
    public ServedCapability? TryEnter(string method)
    {
        if (!_served.TryGetValue(method, out var served))
        {
            throw new EdgeHostException(ErrorCode.Unimplemented, $"This version of the plugin does not have the method '{method}'.");
        }

        int seen;
        do
        {
            seen = Volatile.Read(ref _holders);
            if (seen == 0 || _draining) return null;
        }
        while (Interlocked.CompareExchange(ref _holders, seen + 1, seen) != seen);
        return served;
    }

    /// <summary>Lets the calls inside finish, cancels those that take too long, stops the plugin and starts the unload.</summary>
    public async Task StopAsync(TimeSpan drainTimeout, TimeSpan stopTimeout)
    {
        _draining = true;
        Leave();
        if (!await DrainedAsync(drainTimeout).ConfigureAwait(false))
        {
            _logger.LogWarning("{Calls} calls did not end within {Timeout} and are cancelled.", InFlightCalls, drainTimeout);
            await _guard.CancelAsync(_stopping).ConfigureAwait(false);
            if (!await DrainedAsync(stopTimeout).ConfigureAwait(false))
            {
                _logger.LogError("{Calls} calls ignore their cancellation and are abandoned; their leases are taken back.", InFlightCalls);
                await _abandoned.CancelAsync().ConfigureAwait(false);
            }
        }

        await _guard.RunStepAsync("StopAsync", stopTimeout, async token => await _entry.StopAsync(token).ConfigureAwait(false)).ConfigureAwait(false);
        await _guard.RunStepAsync("The disposal of its services", stopTimeout, async _ => await _container.DisposeAsync().ConfigureAwait(false)).ConfigureAwait(false);
        _stopping.Dispose();
        _abandoned.Dispose();
        _assembly.Dispose();
    }

    private async Task<bool> DrainedAsync(TimeSpan timeout)
    {
        try
        {
            await _drained.Task.WaitAsync(timeout, _guard.Time, CancellationToken.None).ConfigureAwait(false);
            return true;
        }
        catch (TimeoutException)
        {
            return false;
        }
    }

    private void Leave()
    {
        if (Interlocked.Decrement(ref _holders) == 0) _drained.TrySetResult();
    }
}
