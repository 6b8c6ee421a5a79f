using EdgeHost.PluginSdk;

namespace EdgeHost.Runtime.Models;

/// <summary>
/// All resident models under one byte budget, shared by every plugin and app. Thread-safe. A model is loaded once however many ask for it;
/// a lease keeps it resident; idle models stay until the memory is needed. Evicting is not disposing: an evicted model leaves the pool at
/// once and its memory with the last lease.
/// </summary>
public interface IModelPool
{
    /// <summary>A provider whose leases and steps count for one call.</summary>
    /// <param name="scope">The call; whoever made it reclaims its leases at the end.</param>
    IModelProvider ForCall(CallScope scope);

    /// <summary>Budget, use and every model at this moment.</summary>
    ModelPoolSnapshot Snapshot();

    /// <summary>
    /// Takes a model out of the pool, for example because its files change or are removed. New leases load it afresh; leases that are held
    /// go on working.
    /// </summary>
    /// <param name="model"><c>id</c> for all versions or <c>id@version</c>.</param>
    /// <param name="reason">Why, for people.</param>
    /// <param name="cancellationToken">Stops waiting for the memory of unused models to be freed; they leave all the same.</param>
    /// <returns>How many resident or loading models left.</returns>
    ValueTask<int> EvictAsync(string model, string reason, CancellationToken cancellationToken);

    /// <summary>
    /// Loads a model and keeps it resident until <see cref="Unpin"/>: it is not evicted for another model, for memory pressure or for idleness. Each owner
    /// holds at most one pin a model; pinning again is harmless.
    /// </summary>
    /// <param name="model"><c>id</c> (the pin moves on with the version) or <c>id@version</c>.</param>
    /// <param name="owner">Who pins: shown wherever memory is explained.</param>
    /// <param name="cancellationToken">Stops waiting for the load; the pin is then not held.</param>
    /// <exception cref="EdgeHostException">What a lease throws; <see cref="ErrorCode.ResourceExhausted"/> also where pins would exceed their share of the budget.</exception>
    ValueTask PinAsync(string model, string owner, CancellationToken cancellationToken);

    /// <summary>Takes an owner's pin back; the model stays until its memory is needed.</summary>
    /// <param name="model">What was pinned.</param>
    /// <param name="owner">Who pinned.</param>
    /// <returns>Whether there was such a pin.</returns>
    bool Unpin(string model, string owner);

    /// <summary>
    /// Runs a tiny inference on each resident model through the scheduler, for health checks: takes what <c>CreateProbe</c> knows, as the host's own
    /// interactive steps.
    /// </summary>
    /// <param name="timeout">For each model; a model that does not answer within it is reported, not waited for.</param>
    /// <param name="cancellationToken">Stops the whole.</param>
    ValueTask<IReadOnlyList<ModelProbeResult>> ProbeAsync(TimeSpan timeout, CancellationToken cancellationToken);
}
