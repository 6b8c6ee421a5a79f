using EdgeHost.PluginHost.Activation;

namespace EdgeHost.PluginHost.Registry;

/// <summary>The versions of one plugin folder that are on their way out. Thread-safe.</summary>
internal sealed class Retirements
{
    private readonly Lock _gate = new();
    private readonly List<PluginGeneration> _generations = [];
    private Task _completion = Task.CompletedTask;

    /// <summary>Completes when all versions so far are unloaded.</summary>
    public Task Completion
    {
        get
        {
            lock (_gate) return _completion;
        }
    }

    /// <summary>Those that are not unloaded yet, the oldest first.</summary>
    public IReadOnlyList<PluginGeneration> Current
    {
        get
        {
            lock (_gate) return [.. _generations];
        }
    }

    /// <summary>Lets the calls of a version finish and unloads it, without waiting for that.</summary>
    /// <param name="generation">The version.</param>
    /// <param name="successor">Takes the calls that come by an old route; null for none.</param>
    public void Begin(PluginGeneration generation, PluginGeneration? successor)
    {
        lock (_gate)
        {
            _generations.Add(generation);
            _completion = Task.WhenAll(_completion, RetireAsync(generation, successor));
        }
    }

    private async Task RetireAsync(PluginGeneration generation, PluginGeneration? successor)
    {
        // The lock of the caller is not held while it drains.
        await Task.Yield();
        await generation.RetireAsync(successor).ConfigureAwait(false);
        lock (_gate) _generations.Remove(generation);
    }
}
