using EdgeHost.ModelStore;
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
}
