using EdgeHost.ModelStore;
using EdgeHost.PluginSdk;
using EdgeHost.Runtime.Models;

namespace EdgeHost.Host.Hosting;

/// <summary>The pool's view of the store.</summary>
internal sealed class StoreModelSource(LocalModelStore store, TaskModels tasks, PluginCatalogs? plugins = null) : IModelSource
{
    public async ValueTask<ModelArtifact> ResolveAsync(string model, CancellationToken cancellationToken)
    {
        plugins?.Refresh();
        var resolved = await store.ResolveAsync(model, cancellationToken).ConfigureAwait(false);
        return new ModelArtifact
        {
            Id = resolved.Id,
            Version = resolved.Version,
            Variant = resolved.Variant,
            GraphPath = resolved.GraphPath,
            GraphSha256 = resolved.GraphSha256,
            Files = resolved.Files,
            SizeBytes = resolved.SizeBytes,
            EstimatedMemoryBytes = resolved.EstimatedMemoryBytes,
            PreferredDevices = resolved.PreferredDevices,
            Task = resolved.Task,
            Properties = resolved.Properties,
            Batching = resolved.Batching is { } batching
                ? new ModelBatching
                {
                    Axis = batching.Axis,
                    MaxSize = batching.MaxSize,
                    PaddedAxes = [.. batching.PaddedAxes.Select(axis => new PaddedAxis(axis.Input, axis.Axis, axis.Value, axis.Output, axis.OutputAxis))],
                }
                : null,
        };
    }

    public ValueTask<string?> FindTaskAsync(string model, CancellationToken cancellationToken) => new(tasks.TaskOf(model));

    public ValueTask<IReadOnlyList<AvailableModel>> ListAsync(string task, CancellationToken cancellationToken) => new(tasks.Of(task));
}
