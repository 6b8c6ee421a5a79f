using System.Security.Cryptography;
using EdgeHost.Runtime.Models;

namespace EdgeHost.Plugins.Translation.Training.Decoding;

/// <summary>The graphs of a folder as models: each is named by its file. Thread-safe.</summary>
/// <param name="folder">The folder.</param>
internal sealed class FolderModels(string folder) : IModelSource
{
    /// <inheritdoc/>
    public async ValueTask<ModelArtifact> ResolveAsync(string model, CancellationToken cancellationToken)
    {
        var path = Path.GetFullPath(Path.Combine(folder, model));
        if (!File.Exists(path)) throw new EdgeHostException(ErrorCode.NotFound, $"There is no '{path}'.");
        var content = await File.ReadAllBytesAsync(path, cancellationToken).ConfigureAwait(false);
        return new ModelArtifact
        {
            Id = model,
            Version = "1",
            Variant = "file",
            GraphPath = path,
            GraphSha256 = Convert.ToHexStringLower(SHA256.HashData(content)),
            Files = new Dictionary<string, string>(StringComparer.Ordinal) { [model] = path },
            SizeBytes = content.Length,
        };
    }
}
