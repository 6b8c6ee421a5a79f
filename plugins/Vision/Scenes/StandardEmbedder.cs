using EdgeHost.Plugins.Vision.Inputs;
using EdgeHost.Plugins.Vision.Vectors;
using EdgeHost.PluginSdk;

namespace EdgeHost.Plugins.Vision.Scenes;

/// <summary>Makes vectors by which pictures are compared: an encoder makes them, the head of scenes takes out what all pictures have in common. Thread-safe.</summary>
internal sealed class StandardEmbedder(PictureEmbedder embedder)
{
    /// <summary>The property of a head that names the version whose means and deviations it has, so that vectors of both can be compared; without it they are its own.</summary>
    public const string VectorsProperty = "vectors";

    /// <summary>Makes a vector.</summary>
    /// <param name="encoded">The file's bytes.</param>
    /// <param name="models">Where the models come from.</param>
    /// <param name="cancellationToken">Stops between stages and inside of runs.</param>
    /// <returns>The vector.</returns>
    /// <exception cref="EdgeHostException">As <see cref="PictureEmbedder.EmbedAsync"/> and <see cref="SceneHead.StandardiseAsync"/> say.</exception>
    public async ValueTask<StandardVector> EmbedAsync(ReadOnlyMemory<byte> encoded, IModelProvider models, CancellationToken cancellationToken)
    {
        using var lease = await models.LeaseAsync(SceneHead.ModelId, cancellationToken).ConfigureAwait(false);
        var vector = await embedder.EmbedAsync(encoded, SceneHead.EncoderOf(lease.Model), models, cancellationToken).ConfigureAwait(false);
        var standard = await SceneHead.StandardiseAsync(vector.Values, lease, cancellationToken).ConfigureAwait(false);
        var vectors = new ModelProperties(lease.Model).Text(VectorsProperty) ?? lease.Model.Version;
        return new StandardVector(standard, $"{vector.Model}+{lease.Model.Id}@{vectors}", [vector.Model, $"{lease.Model.Id}@{lease.Model.Version}"]);
    }
}
