using System.Numerics.Tensors;
using EdgeHost.Plugins.Vision.Inputs;
using EdgeHost.Plugins.Vision.Models;
using EdgeHost.PluginSdk;

namespace EdgeHost.Plugins.Vision.Scenes;

/// <summary>
/// Runs the head that tells scenes by the vector of a picture: float32 [pictures, width] in, a logit for each of its labels out, and the vector as it looks at it. Its manifest says whose vectors
/// they are (<c>features_of</c>) and below which probability it is not sure (<c>threshold</c>). Thread-safe.
/// </summary>
internal sealed class SceneHead(LabelFile labels)
{
    /// <summary>The head's id.</summary>
    public const string ModelId = "vision-scenes";

    /// <summary>The label of pictures that show no scene, or none that is known.</summary>
    public const string Unknown = "unknown";

    /// <summary>The output of the vector as the head looks at it: each number brought to mean 0 and deviation 1 over many pictures, then all to length 1.</summary>
    public const string StandardOutput = "standard";

    private const string EncoderProperty = "features_of";
    private const string ThresholdProperty = "threshold";

    /// <summary>The model whose vectors a head takes.</summary>
    /// <param name="model">The head.</param>
    /// <exception cref="EdgeHostException"><see cref="ErrorCode.FailedPrecondition"/>: its manifest does not say.</exception>
    public static string EncoderOf(ModelDescription model)
        => new ModelProperties(model).Text(EncoderProperty)
            ?? throw new EdgeHostException(ErrorCode.FailedPrecondition, $"The model '{model.Id}' does not say whose vectors it takes: add the property '{EncoderProperty}' to its manifest.");

    /// <summary>Judges a vector.</summary>
    /// <param name="vector">The picture's vector, of length 1.</param>
    /// <param name="lease">The head.</param>
    /// <param name="cancellationToken">Stops the run.</param>
    /// <returns>All labels, the surest first; <see cref="Unknown"/> before all others if none of them is as sure as the threshold.</returns>
    /// <exception cref="EdgeHostException">As <see cref="IModelLease.RunAsync"/> and <see cref="LabelFile.OfAsync"/> say; <see cref="ErrorCode.FailedPrecondition"/>: the head takes other vectors.</exception>
    public async ValueTask<IReadOnlyList<(string Label, float Confidence)>> JudgeAsync(ReadOnlyMemory<float> vector, IModelLease lease, CancellationToken cancellationToken)
    {
        var logits = await RunAsync(vector, lease, lease.Model.Outputs[0].Name, cancellationToken).ConfigureAwait(false);
        var names = await labels.OfAsync(lease, logits.Length, null, cancellationToken).ConfigureAwait(false);
        return Rank(logits, names, new ModelProperties(lease.Model).Number(ThresholdProperty, 0, 1) ?? 0);
    }

    /// <summary>Brings a vector to what pictures can be compared by: what all have in common is taken out, so that the cosine of unlike pictures is about 0.</summary>
    /// <inheritdoc cref="JudgeAsync" path="/param"/>
    /// <returns>Of length 1.</returns>
    /// <exception cref="EdgeHostException">As <see cref="IModelLease.RunAsync"/> says; <see cref="ErrorCode.FailedPrecondition"/>: the head takes other vectors.</exception>
    public static ValueTask<float[]> StandardiseAsync(ReadOnlyMemory<float> vector, IModelLease lease, CancellationToken cancellationToken)
        => RunAsync(vector, lease, StandardOutput, cancellationToken);

    /// <summary>Orders labels by their probability, <see cref="Unknown"/> first if no other reaches the threshold.</summary>
    /// <param name="logits">One for each label.</param>
    /// <param name="names">The labels.</param>
    /// <param name="threshold">0 to 1.</param>
    internal static IReadOnlyList<(string Label, float Confidence)> Rank(ReadOnlySpan<float> logits, IReadOnlyList<string> names, float threshold)
    {
        var shares = new float[logits.Length];

        // The largest is taken off first: exponentials of large numbers are no numbers.
        TensorPrimitives.Subtract(logits, TensorPrimitives.Max(logits), shares);
        TensorPrimitives.SoftMax(shares, shares);
        var ranked = names.Select((name, index) => (Label: name, Confidence: Math.Clamp(shares[index], 0, 1))).OrderByDescending(static entry => entry.Confidence).ToList();
        if (ranked[0].Label == Unknown || ranked[0].Confidence >= threshold) return ranked;

        // What is not sure is so much the likelier to be nothing that is known.
        var unsure = Math.Max(1 - ranked[0].Confidence, ranked[0].Confidence);
        ranked.RemoveAll(static entry => entry.Label == Unknown);
        ranked.Insert(0, (Unknown, unsure));
        return ranked;
    }

    private static async ValueTask<float[]> RunAsync(ReadOnlyMemory<float> vector, IModelLease lease, string output, CancellationToken cancellationToken)
    {
        var model = lease.Model;
        if (model.Inputs[0].Shape is not { Rank: 2 } shape || shape[1] != vector.Length)
        {
            throw new EdgeHostException(ErrorCode.FailedPrecondition, $"The model '{model.Id}' takes {model.Inputs[0].Shape} and not vectors of {vector.Length} values; pull the version that goes with '{EncoderOf(model)}'.");
        }

        using var input = lease.CreateValue(ElementType.Float32, new TensorShape(1, vector.Length));
        vector.Span.CopyTo(input.AsSpan<float>());
        var step = new ModelStep { Inputs = [new NamedValue(model.Inputs[0].Name, input)], Outputs = [output], MayRunOnCallingThread = true };
        using var result = await lease.RunAsync(step, cancellationToken).ConfigureAwait(false);
        return result[0].AsSpan<float>().ToArray();
    }
}
