using EdgeHost.ModelStore;
using EdgeHost.PluginSdk;
using EdgeHost.Runtime.Models;

namespace EdgeHost.TestKit.Onnx;

/// <summary>The models of a store as the runtime wants them.</summary>
public sealed class StoreModelSource(LocalModelStore store) : IModelSource
{
    /// <inheritdoc/>
    public async ValueTask<ModelArtifact> ResolveAsync(string model, CancellationToken cancellationToken)
    {
        var found = await store.ResolveAsync(model, cancellationToken).ConfigureAwait(false);
        return new ModelArtifact
        {
            Id = found.Id,
            Version = found.Version,
            Variant = found.Variant,
            GraphPath = found.GraphPath,
            GraphSha256 = found.GraphSha256,
            Files = found.Files,
            SizeBytes = found.SizeBytes,
            EstimatedMemoryBytes = found.EstimatedMemoryBytes,
            PreferredDevices = found.PreferredDevices,
            Task = found.Task,
            Properties = found.Properties,
            Batching = found.Batching is { } batching
                ? new ModelBatching
                {
                    Axis = batching.Axis,
                    MaxSize = batching.MaxSize,
                    PaddedAxes = [.. batching.PaddedAxes.Select(axis => new PaddedAxis(axis.Input, axis.Axis, axis.Value, axis.Output, axis.OutputAxis))],
                }
                : null,
        };
    }

    /// <inheritdoc/>
    public ValueTask<string?> FindTaskAsync(string model, CancellationToken cancellationToken)
        => new(store.ListCurrent().FirstOrDefault(known => known.Manifest.Id == model.Split('@')[0])?.Manifest.Task);

    /// <inheritdoc/>
    public ValueTask<IReadOnlyList<AvailableModel>> ListAsync(string task, CancellationToken cancellationToken) => new(
    [
        .. store.ListCurrent().Where(known => known.Manifest.Task == task)
            .Select(known => new AvailableModel
            {
                Id = known.Manifest.Id,
                Version = known.Manifest.Version,
                Summary = known.Manifest.Summary,
                Licence = known.Manifest.Licence.Spdx,
                IsInstalled = known.IsInstalled,
                Properties = known.Manifest.Properties,
                PullCommand = $"edgehost models pull {known.Manifest.Id}",
            })
            .Order(AvailableModelOrder.Instance),
    ]);
}
