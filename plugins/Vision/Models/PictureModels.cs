using EdgeHost.Plugins.Vision.Imaging;
using EdgeHost.Plugins.Vision.Inputs;
using EdgeHost.PluginSdk;

namespace EdgeHost.Plugins.Vision.Models;

/// <summary>Shows pictures to models: leases the model, decodes, resizes, runs. Thread-safe.</summary>
internal sealed class PictureModels(PictureDecoder decoder, PixelMemoryPool pool)
{
    // Detail kept when a large JPEG is decoded at a fraction of its size: averaged over four pixels the input is as good as from the full one.
    private const int UsefulDetail = 2;

    /// <summary>Refuses what is no picture before a model is loaded for it.</summary>
    /// <param name="encoded">The file's bytes.</param>
    /// <exception cref="EdgeHostException">As <see cref="PictureDecoder.Check"/> says.</exception>
    public void Check(ReadOnlySpan<byte> encoded) => decoder.Check(encoded);

    /// <summary>Shows a picture to the model that serves a call.</summary>
    /// <param name="encoded">The file's bytes.</param>
    /// <param name="task">The task.</param>
    /// <param name="named">The model that the call names; null: the best one.</param>
    /// <param name="models">Where models come from.</param>
    /// <param name="cancellationToken">Stops between stages and inside the run.</param>
    /// <returns>What it said, with its family; the caller disposes.</returns>
    /// <exception cref="EdgeHostException">As <see cref="ModelChoice.ChooseAsync"/>, <see cref="PictureDecoder.DecodeAsync"/>, <see cref="IModelProvider.LeaseAsync"/> and
    /// <see cref="IModelLease.RunAsync"/> say; <see cref="ErrorCode.FailedPrecondition"/>: the model's manifest is wrong.</exception>
    public async ValueTask<(PictureAnswer Answer, TFamily Family)> ShowAsync<TFamily>(
        ReadOnlyMemory<byte> encoded, PictureTask<TFamily> task, string? named, IModelProvider models, CancellationToken cancellationToken)
        where TFamily : PictureFamily
    {
        Check(encoded.Span);
        var id = await ModelChoice.ChooseAsync(models, task, named, cancellationToken).ConfigureAwait(false);
        var lease = await models.LeaseAsync(id, cancellationToken).ConfigureAwait(false);
        try
        {
            var family = task.FamilyOf(lease.Model);
            var answer = await RunAsync(encoded, lease, family.Recipe.With(lease.Model), family.OutputsOf(lease.Model), cancellationToken).ConfigureAwait(false);
            return (answer, family);
        }
        catch
        {
            lease.Dispose();
            throw;
        }
    }

    /// <summary>Shows a picture to a model.</summary>
    /// <param name="encoded">The file's bytes.</param>
    /// <param name="lease">The model; belongs to the answer once there is one.</param>
    /// <param name="recipe">How the picture becomes its input.</param>
    /// <param name="outputs">Names of the outputs wanted; empty: all.</param>
    /// <param name="cancellationToken">Stops between stages and inside the run.</param>
    /// <inheritdoc cref="ShowAsync" path="/exception"/>
    public async ValueTask<PictureAnswer> RunAsync(
        ReadOnlyMemory<byte> encoded, IModelLease lease, InputRecipe recipe, IReadOnlyList<string> outputs, CancellationToken cancellationToken)
    {
        var description = lease.Model.Inputs[0];
        var form = InputForm.Of(lease.Model, description);
        using var picture = await decoder.DecodeAsync(encoded, UsefulDetail * Math.Max(form.Width, form.Height), cancellationToken).ConfigureAwait(false);
        using var input = lease.CreateValue(description.ElementType, form.Shape);
        var box = PictureTensor.Write(picture.Pixels, recipe, form, input, pool);
        cancellationToken.ThrowIfCancellationRequested();
        var step = new ModelStep { Inputs = [new NamedValue(description.Name, input)], Outputs = outputs, MayRunOnCallingThread = true };
        var result = await lease.RunAsync(step, cancellationToken).ConfigureAwait(false);
        return new PictureAnswer(lease, result, picture, form, box);
    }
}
