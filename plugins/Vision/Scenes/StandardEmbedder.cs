using EdgeHost.Plugins.Vision.Vectors;
using EdgeHost.PluginSdk;

namespace EdgeHost.Plugins.Vision.Scenes;

/// <summary>Makes vectors by which pictures are compared: an encoder makes them, the head of scenes takes out what all pictures have in common. Thread-safe.</summary>
internal sealed class StandardEmbedder(PictureEmbedder embedder)
{
    /// <summary>Stands between the models of <see cref="PictureVector.Model"/>.</summary>
    public const char Separator = '+';

    /// <summary>Makes a vector.</summary>
    /// <param name="encoded">The file's bytes.</param>
    /// <param name="models">Where the models come from.</param>
    /// <param name="cancellationToken">Stops between stages and inside of runs.</param>
    /// <returns>Of length 1; its model names both, as id@version.</returns>
    /// <exception cref="EdgeHostException">As <see cref="PictureEmbedder.EmbedAsync"/> and <see cref="SceneHead.StandardiseAsync"/> say.</exception>
    public async ValueTask<PictureVector> EmbedAsync(ReadOnlyMemory<byte> encoded, IModelProvider models, CancellationToken cancellationToken)
    {
        using var lease = await models.LeaseAsync(SceneHead.ModelId, cancellationToken).ConfigureAwait(false);
        var vector = await embedder.EmbedAsync(encoded, SceneHead.EncoderOf(lease.Model), models, cancellationToken).ConfigureAwait(false);
        var standard = await SceneHead.StandardiseAsync(vector.Values, lease, cancellationToken).ConfigureAwait(false);
        return new PictureVector(standard, $"{vector.Model}{Separator}{lease.Model.Id}@{lease.Model.Version}");
    }
}
