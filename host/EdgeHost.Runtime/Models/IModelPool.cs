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
}
