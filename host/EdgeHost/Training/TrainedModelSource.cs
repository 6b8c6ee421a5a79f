using System.Security.Cryptography;
using EdgeHost.Jobs.Results;
using EdgeHost.Runtime.Models;

namespace EdgeHost.Host.Training;

/// <summary>The pool's view of trained models, and of the store behind them.</summary>
internal sealed class TrainedModelSource(IModelSource store, ITrainedModels models) : IModelSource
{
    public async ValueTask<ModelArtifact> ResolveAsync(string model, CancellationToken cancellationToken)
    {
        if (!TrainedModelIds.TryParse(model, out var owner, out var name, out var version)) return await store.ResolveAsync(model, cancellationToken).ConfigureAwait(false);
        var files = models.Find(owner, name, version) ?? throw new EdgeHostException(ErrorCode.NotFound, $"There is no trained model '{model}'; training.start trains one.");
        try
        {
            await using var graph = new FileStream(files.GraphPath, FileMode.Open, FileAccess.Read, FileShare.Read, bufferSize: 1, useAsync: true);
            var hash = await SHA256.HashDataAsync(graph, cancellationToken).ConfigureAwait(false);
            return new ModelArtifact
            {
                Id = TrainedModelIds.Of(owner, name),
                Version = files.Version,
                Variant = "trained",
                GraphPath = files.GraphPath,
                GraphSha256 = Convert.ToHexStringLower(hash),
                Files = new Dictionary<string, string>(StringComparer.Ordinal) { [TrainedModelFiles.Graph] = files.GraphPath },
                SizeBytes = graph.Length,
            };
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new EdgeHostException(ErrorCode.DataLoss, $"The trained model '{model}' cannot be read: {e.Message}", e);
        }
    }
}
