using System.Numerics.Tensors;
using EdgeHost.Plugins.Vision.Classes;
using EdgeHost.Plugins.Vision.Imaging;
using EdgeHost.Plugins.Vision.Inputs;
using EdgeHost.Plugins.Vision.Models;
using EdgeHost.Plugins.Vision.Objects;
using EdgeHost.PluginSdk;

namespace EdgeHost.Plugins.Vision.Vectors;

/// <summary>
/// Makes vectors of pictures from the inside of models that were made for something else: the outputs that a manifest's property <c>embedding</c> names (separated by commas), each averaged over its
/// places where it still has any, one after the other, scaled to length 1. The picture is stretched to the input, since what lies at the edges tells as much as the middle. Thread-safe.
/// </summary>
internal sealed class PictureEmbedder(PictureModels pictures)
{
    private const string Property = "embedding";

    // What serves where nobody knows models by their task.
    private const string DefaultModel = "det-centernet";

    /// <summary>Makes a vector.</summary>
    /// <param name="encoded">The file's bytes.</param>
    /// <param name="model">The model; null: the best one that is on the device.</param>
    /// <param name="models">Where the model comes from.</param>
    /// <param name="cancellationToken">Stops between stages and inside the run of the model.</param>
    /// <exception cref="EdgeHostException">As <see cref="PictureModels.ShowAsync"/> says; <see cref="ErrorCode.FailedPrecondition"/>: the model makes no vectors.</exception>
    public async ValueTask<PictureVector> EmbedAsync(ReadOnlyMemory<byte> encoded, string? model, IModelProvider models, CancellationToken cancellationToken)
    {
        pictures.Check(encoded.Span);
        var id = await ChooseAsync(model, models, cancellationToken).ConfigureAwait(false);
        var lease = await models.LeaseAsync(id, cancellationToken).ConfigureAwait(false);
        PictureAnswer answer;
        try
        {
            var outputs = new ModelProperties(lease.Model).List(Property);
            if (outputs.Length == 0) throw new EdgeHostException(ErrorCode.FailedPrecondition, $"The model '{lease.Model.Id}' makes no vectors: its manifest has no property '{Property}'.");
            answer = await pictures.RunAsync(encoded, lease, RecipeOf(lease.Model), outputs, cancellationToken).ConfigureAwait(false);
        }
        catch
        {
            lease.Dispose();
            throw;
        }

        using (answer) return new PictureVector(Join(answer), answer.ModelName);
    }

    /// <summary>The mean over the places of a map: [1, channels, height, width] becomes [channels]; a vector stays one.</summary>
    /// <param name="values">The map.</param>
    /// <param name="shape">Its shape.</param>
    /// <param name="pooled">Where the means are added.</param>
    internal static void Pool(ReadOnlySpan<float> values, TensorShape shape, List<float> pooled)
    {
        var places = shape.Rank == 4 ? (int)(shape[2] * shape[3]) : 1;
        for (; values.Length >= places && places > 0; values = values[places..]) pooled.Add(TensorPrimitives.Sum(values[..places]) / places);
    }

    private static async ValueTask<string> ChooseAsync(string? named, IModelProvider models, CancellationToken cancellationToken)
    {
        var known = new List<AvailableModel>();
        foreach (var task in (string[])[ObjectFamily.Task.Name, ClassFamily.Task.Name])
        {
            known.AddRange((await models.ListAsync(task, cancellationToken).ConfigureAwait(false)).Where(static model => model.Properties.ContainsKey(Property)));
        }

        return named is not null ? ModelChoice.Named(known, named, Property, DefaultModel) : ModelChoice.Best(known) ?? DefaultModel;
    }

    private static InputRecipe RecipeOf(ModelDescription model)
    {
        PictureFamily family = model.Task == ClassFamily.Task.Name ? ClassFamily.Task.FamilyOf(model) : ObjectFamily.Task.FamilyOf(model);
        return family.Recipe.With(model) with { Fit = PictureFit.Squash };
    }

    private static float[] Join(PictureAnswer answer)
    {
        var joined = new List<float>();
        for (var i = 0; i < answer.Outputs.Count; i++) Pool(answer.Floats(i), answer.ShapeOf(i), joined);
        var vector = joined.ToArray();
        var length = TensorPrimitives.Norm(vector);
        if (!(length > 0) || !float.IsFinite(length)) throw answer.Unexpected("a vector that has a length");
        TensorPrimitives.Divide(vector, length, vector);
        return vector;
    }
}
