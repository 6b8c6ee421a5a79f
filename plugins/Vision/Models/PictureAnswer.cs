using System.Numerics;
using EdgeHost.Plugins.Vision.Imaging;
using EdgeHost.Plugins.Vision.Inputs;
using EdgeHost.PluginSdk;

namespace EdgeHost.Plugins.Vision.Models;

/// <summary>What a model said of a picture. Owns the lease and the outputs; not the picture, whose pixels are no longer needed.</summary>
/// <param name="lease">The model; owned.</param>
/// <param name="result">Its outputs; owned.</param>
/// <param name="picture">The picture, for its size.</param>
/// <param name="form">The model's input.</param>
/// <param name="box">Where the picture lay in it.</param>
internal sealed class PictureAnswer(IModelLease lease, StepResult result, DecodedPicture picture, InputForm form, Letterbox box) : IDisposable
{
    /// <summary>The model.</summary>
    public ModelDescription Model => lease.Model;

    /// <summary>The model, for its files.</summary>
    public IModelLease Lease => lease;

    /// <summary>The outputs, in the order of the family.</summary>
    public StepResult Outputs => result;

    /// <summary>The model's input.</summary>
    public InputForm Form => form;

    /// <summary>Width and height of the full upright picture.</summary>
    public Vector2 Size { get; } = picture.Size;

    /// <summary>The model as replies name it.</summary>
    public string ModelName => $"{lease.Model.Id}@{lease.Model.Version}";

    /// <summary>The place in the full upright picture of a place in the model's input; both in pixels.</summary>
    public Vector2 ToFull(Vector2 place) => picture.ToFull(box.ToPicture(place));

    /// <summary>An output of floats.</summary>
    /// <param name="index">Which one, from 0.</param>
    /// <exception cref="EdgeHostException"><see cref="ErrorCode.FailedPrecondition"/>: the model has no such output.</exception>
    public ReadOnlySpan<float> Floats(int index) => Output(index).AsSpan<float>();

    /// <summary>The shape of an output of floats.</summary>
    /// <inheritdoc cref="Floats" path="/param"/>
    /// <inheritdoc cref="Floats" path="/exception"/>
    public TensorShape ShapeOf(int index) => Output(index).Shape;

    /// <summary>An error that says that the outputs are not those of the model's family.</summary>
    public EdgeHostException Unexpected(string expected)
        => new(ErrorCode.FailedPrecondition, $"The outputs of the model '{Model.Id}' are not those of its family: expected {expected}. Correct the property 'family' in its manifest.");

    public void Dispose()
    {
        result.Dispose();
        lease.Dispose();
    }

    private ModelValue Output(int index)
        => index < result.Count && result[index].ElementType == ElementType.Float32 ? result[index] : throw Unexpected($"at least {index + 1} of float32");
}
