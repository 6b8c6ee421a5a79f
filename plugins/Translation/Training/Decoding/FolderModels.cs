using System.Security.Cryptography;
using EdgeHost.Plugins.Translation.Training.Export;
using EdgeHost.Runtime.Models;

namespace EdgeHost.Plugins.Translation.Training.Decoding;

/// <summary>The two graphs of a model's folder as models. Thread-safe.</summary>
/// <param name="folder">The folder.</param>
/// <param name="isSmall">Whether the files of 8 bits are meant where there are others too.</param>
internal sealed class FolderModels(string folder, bool isSmall) : IModelSource
{
    /// <summary>The model that reads.</summary>
    public const string Encoder = "encoder";

    /// <summary>The model that writes.</summary>
    public const string Decoder = "decoder";

    /// <inheritdoc/>
    public async ValueTask<ModelArtifact> ResolveAsync(string model, CancellationToken cancellationToken)
    {
        var path = Path.GetFullPath(model == Encoder ? ModelFolder.EncoderOf(folder, isSmall) : ModelFolder.DecoderOf(folder, isSmall));
        var content = await File.ReadAllBytesAsync(path, cancellationToken).ConfigureAwait(false);
        return new ModelArtifact
        {
            Id = model,
            Version = "1",
            Variant = isSmall ? "int8" : "float",
            GraphPath = path,
            GraphSha256 = Convert.ToHexStringLower(SHA256.HashData(content)),
            Files = ModelFolder.BesideEncoder.Where(name => File.Exists(Path.Combine(folder, name))).ToDictionary(name => name, name => Path.GetFullPath(Path.Combine(folder, name)), StringComparer.Ordinal),
            SizeBytes = content.Length,
        };
    }
}
