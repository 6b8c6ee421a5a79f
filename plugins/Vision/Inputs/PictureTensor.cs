using EdgeHost.Plugins.Vision.Imaging;
using EdgeHost.PluginSdk;

namespace EdgeHost.Plugins.Vision.Inputs;

/// <summary>Writes pictures into the inputs of networks.</summary>
internal static class PictureTensor
{
    /// <summary>Resizes a picture as a recipe says and writes it.</summary>
    /// <param name="picture">The picture.</param>
    /// <param name="recipe">How.</param>
    /// <param name="form">The input.</param>
    /// <param name="value">A value of its shape: float32, or int32 or uint8 with the channels side by side.</param>
    /// <param name="pool">Memory for the resized picture, given back at once.</param>
    /// <returns>Where the picture lies in the input.</returns>
    /// <exception cref="EdgeHostException"><see cref="ErrorCode.FailedPrecondition"/>: no such input can be written.</exception>
    public static Letterbox Write(PixelImage picture, InputRecipe recipe, InputForm form, ModelValue value, PixelMemoryPool pool)
    {
        var box = Letterbox.Of(recipe.Fit, picture.Width, picture.Height, form.Width, form.Height, recipe.CropShare);
        using var canvas = new PixelImage(pool, form.Width, form.Height);
        if (box.Width < form.Width || box.Height < form.Height) canvas.Pixels.Fill(0xFF000000u | (recipe.Pad * 0x010101u));
        PictureScaler.Draw(picture, canvas, box, recipe.AverageBeyond);
        Pack(canvas.Pixels, recipe, form, value);
        return box;
    }

    private static void Pack(ReadOnlySpan<uint> pixels, InputRecipe recipe, InputForm form, ModelValue value)
    {
        if (value.ElementType == ElementType.Float32)
        {
            if (form.IsPlanar) TensorPacking.PackPlanes(pixels, value.AsSpan<float>(), recipe.Order, recipe.Scales);
            else TensorPacking.PackInterleaved(pixels, value.AsSpan<float>(), recipe.Order, recipe.Scales);
        }
        else if (value.ElementType == ElementType.Int32 && !form.IsPlanar)
        {
            TensorPacking.PackInterleaved(pixels, value.AsSpan<int>(), recipe.Order);
        }
        else if (value.ElementType == ElementType.UInt8 && !form.IsPlanar)
        {
            TensorPacking.PackInterleaved(pixels, value.AsSpan<byte>(), recipe.Order);
        }
        else
        {
            throw new EdgeHostException(
                ErrorCode.FailedPrecondition, $"A picture input of {value.ElementType}{(form.IsPlanar ? " in planes" : "")} cannot be written; float32 can, and int32 and uint8 with the channels side by side.");
        }
    }
}
