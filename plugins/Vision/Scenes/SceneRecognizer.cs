using EdgeHost.Plugins.Vision.Vectors;
using EdgeHost.PluginSdk;

namespace EdgeHost.Plugins.Vision.Scenes;

/// <summary>Says what kind of place a picture shows: an encoder makes a vector of it, a head judges by that. Thread-safe.</summary>
internal sealed class SceneRecognizer(PictureEmbedder embedder, SceneHead head)
{
    /// <summary>Judges a picture.</summary>
    /// <param name="encoded">The file's bytes.</param>
    /// <param name="models">Where the models come from.</param>
    /// <param name="cancellationToken">Stops between stages and inside of runs.</param>
    /// <exception cref="EdgeHostException">As <see cref="PictureEmbedder.EmbedAsync"/> and <see cref="SceneHead.JudgeAsync"/> say.</exception>
    public async ValueTask<SceneJudgement> RecognizeAsync(ReadOnlyMemory<byte> encoded, IModelProvider models, CancellationToken cancellationToken)
    {
        using var lease = await models.LeaseAsync(SceneHead.ModelId, cancellationToken).ConfigureAwait(false);
        var vector = await embedder.EmbedAsync(encoded, SceneHead.EncoderOf(lease.Model), models, cancellationToken).ConfigureAwait(false);
        var labels = await head.JudgeAsync(vector.Values, lease, cancellationToken).ConfigureAwait(false);
        return new SceneJudgement(labels, [vector.Model, $"{lease.Model.Id}@{lease.Model.Version}"]);
    }
}
