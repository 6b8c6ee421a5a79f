using System.Security.Cryptography;
using EdgeHost.Runtime.Models;

namespace EdgeHost.Benchmarks.Optimising;

/// <summary>A source in which another file stands in place of one model's graph. Thread-safe.</summary>
internal sealed class ReplacedModelSource(IModelSource inner, string model, string path) : IModelSource
{
    public async ValueTask<ModelArtifact> ResolveAsync(string wanted, CancellationToken cancellationToken)
    {
        var artifact = await inner.ResolveAsync(wanted, cancellationToken);
        if (wanted != model) return artifact;
        var content = await File.ReadAllBytesAsync(path, cancellationToken);
        return new ModelArtifact
        {
            Id = artifact.Id,
            Version = artifact.Version,
            Variant = artifact.Variant,
            GraphPath = path,
            GraphSha256 = Convert.ToHexStringLower(SHA256.HashData(content)),
            Files = artifact.Files,
            SizeBytes = content.Length,
            PreferredDevices = artifact.PreferredDevices,
            Task = artifact.Task,
            Properties = artifact.Properties,
        };
    }
}
