using EdgeHost.PluginSdk;

namespace EdgeHost.Plugins.Vision.Inputs;

/// <summary>What a network's picture input looks like.</summary>
/// <param name="Width">Pixels in a row.</param>
/// <param name="Height">Rows.</param>
/// <param name="IsPlanar">Whether the channels are planes, [1, 3, height, width]; otherwise they lie side by side, [1, height, width, 3].</param>
internal readonly record struct InputForm(int Width, int Height, bool IsPlanar)
{
    // No network for pictures is larger; it bounds what a wrong manifest can make the host allocate.
    private const int MaxSide = 4096;

    /// <summary>The shape of the tensor.</summary>
    public TensorShape Shape => IsPlanar ? new TensorShape(1, 3, Height, Width) : new TensorShape(1, Height, Width, 3);

    /// <summary>Reads it from the model's input, and its side from the manifest where the model takes any.</summary>
    /// <param name="model">The model.</param>
    /// <param name="input">Its picture input.</param>
    /// <exception cref="EdgeHostException"><see cref="ErrorCode.FailedPrecondition"/>: it is not the input of a colour picture, or nobody says its size.</exception>
    public static InputForm Of(ModelDescription model, TensorDescription input)
    {
        var shape = input.Shape;
        if (shape.Rank == 4)
        {
            if (shape[1] == 3) return Sized(model, shape[3], shape[2], true);
            if (shape[3] == 3) return Sized(model, shape[2], shape[1], false);
            if (shape[1] < 0) return Sized(model, shape[3], shape[2], true);
        }

        throw new EdgeHostException(
            ErrorCode.FailedPrecondition, $"The input '{input.Name}' of the model '{model.Id}' is {shape}; a colour picture is [1, 3, height, width] or [1, height, width, 3].");
    }

    private static InputForm Sized(ModelDescription model, long width, long height, bool isPlanar)
    {
        if (width < 1 || height < 1)
        {
            var side = new ModelProperties(model).Integer("size", 1, MaxSide)
                ?? throw new EdgeHostException(ErrorCode.FailedPrecondition, $"The model '{model.Id}' takes pictures of any size; add the property 'size' to its manifest, the side in pixels that it is used at.");
            (width, height) = (width < 1 ? side : width, height < 1 ? side : height);
        }

        var form = new InputForm((int)Math.Min(width, int.MaxValue), (int)Math.Min(height, int.MaxValue), isPlanar);
        return form.Width <= MaxSide && form.Height <= MaxSide
            ? form
            : throw new EdgeHostException(ErrorCode.FailedPrecondition, $"The model '{model.Id}' takes pictures of {form.Width} x {form.Height} pixels; at most {MaxSide} a side are made.");
    }
}
