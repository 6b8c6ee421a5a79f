using EdgeHost.Plugins.Vision.Imaging;
using EdgeHost.Plugins.Vision.Inputs;
using EdgeHost.Plugins.Vision.Models;
using EdgeHost.PluginSdk;

namespace EdgeHost.Plugins.Vision.Foreground;

/// <summary>
/// Tells people from what is behind them with MediaPipe's selfie network and its kin: RGB of 0 to 1, the picture stretched to the input, in; a mask of the input's size, 0 to 1, out. Thread-safe.
/// </summary>
internal sealed class ForegroundSegmenter(PictureModels pictures, PixelMemoryPool pool)
{
    /// <summary>The models.</summary>
    public static readonly PictureTask<PictureFamily> Task = new("person-segmentation", "seg-selfie", [new("selfie", new InputRecipe { Scales = ChannelScales.Unit })]);

    /// <summary>Makes the mask.</summary>
    /// <param name="encoded">The file's bytes.</param>
    /// <param name="model">The model; null: the best one.</param>
    /// <param name="models">Where the model comes from.</param>
    /// <param name="cancellationToken">Stops between stages and inside the run of the model.</param>
    /// <exception cref="EdgeHostException">As <see cref="PictureModels.ShowAsync"/> says.</exception>
    public async ValueTask<Mask> SegmentAsync(ReadOnlyMemory<byte> encoded, string? model, IModelProvider models, CancellationToken cancellationToken)
    {
        var (answer, family) = await pictures.ShowAsync(encoded, Task, model, models, cancellationToken).ConfigureAwait(false);
        using (answer)
        {
            // A mask of a letterboxed input would have to be cut first, which no model of this family needs.
            if (family.Recipe.With(answer.Model).Fit != PictureFit.Squash) throw answer.Unexpected("a mask of the whole picture; the property 'fit' must be squash");
            var alpha = answer.Floats(0);
            if (alpha.Length != answer.Form.Width * answer.Form.Height) throw answer.Unexpected($"[1, {answer.Form.Height}, {answer.Form.Width}, 1]");
            cancellationToken.ThrowIfCancellationRequested();
            var (png, coverage) = MaskImage.Write(alpha, answer.Form.Width, (int)answer.Size.X, (int)answer.Size.Y, pool);
            return new Mask(png, coverage, answer.Size, answer.ModelName);
        }
    }
}
