using EdgeHost.Learning.Preprocessing;
using EdgeHost.PluginSdk;

namespace EdgeHost.Host.Training.Features;

/// <summary>Makes the one input of a model out of a sample: a vector fills it in its order, a picture is brought to its size, channels and layout as 0 to 1.</summary>
internal static class FeatureInput
{
    /// <summary>The input.</summary>
    /// <exception cref="EdgeHostException"><see cref="ErrorCode.FailedPrecondition"/>: the model does not take the sample; names the step, the model and both shapes.</exception>
    public static (string Name, TensorShape Shape, float[] Values) Of(FeatureRequest request, ModelDescription model)
    {
        if (model.Inputs is not [var input])
        {
            throw Wrong(request, $"the model takes {model.Inputs.Count} inputs ({string.Join(", ", model.Inputs.Select(static known => $"'{known.Name}' {known.Shape}"))}); only models of one are run here");
        }

        if (input.ElementType != ElementType.Float32) throw Wrong(request, $"the model's input '{input.Name}' is {input.ElementType} {input.Shape}, and a sample is Float32");
        if (input.Shape.Rank >= 2 && input.Shape[0] is not (-1 or 1)) throw Wrong(request, $"the model takes {input.Shape}, which is {input.Shape[0]} samples at once, and gets one");
        var (shape, values) = request.Sample switch
        {
            { Vector: { } vector } => OfVector(request, input.Shape, vector),
            { Picture: { } picture } => OfPicture(request, input.Shape, picture),
            { Text: not null } => throw Wrong(request, $"the model takes {input.Shape}, and gets a text; make it a vector with hash_characters or hash_words first"),
            _ => throw Wrong(request, $"the model takes {input.Shape}, and gets the file of a sound, which nothing here decodes; record features instead"),
        };
        return (input.Name, shape, values);
    }

    private static (TensorShape Shape, float[] Values) OfVector(FeatureRequest request, TensorShape shape, float[] vector)
    {
        var dimensions = shape.Dimensions.ToArray();
        if (dimensions.Length >= 2) dimensions[0] = 1;
        var open = Array.IndexOf(dimensions, -1);
        var known = dimensions.Where(static dimension => dimension >= 0).Aggregate(1L, static (product, dimension) => product * dimension);
        if (dimensions.Count(static dimension => dimension < 0) > 1) throw Wrong(request, $"the model takes {shape}, of which more than one size is open, and gets a vector of {vector.Length} values, which says only one");
        if (open >= 0 && known > 0 && vector.Length % known == 0) dimensions[open] = vector.Length / known;
        else if (open >= 0 || known != vector.Length) throw Wrong(request, $"the model takes {shape}{(open < 0 ? $", which is {known} values," : string.Empty)} and gets a vector of {vector.Length}");
        return (new TensorShape(dimensions), vector);
    }

    private static (TensorShape Shape, float[] Values) OfPicture(FeatureRequest request, TensorShape shape, Picture picture)
    {
        var gets = $"gets a picture of {picture.Height} x {picture.Width} with {picture.Channels} channels";
        if (shape.Rank != 4) throw Wrong(request, $"the model takes {shape}, which is no picture, and {gets}; make it a vector with 'pixels' first");
        var isPlanes = shape[1] is 1 or 3;
        if (!isPlanes && shape[3] is not (1 or 3)) throw Wrong(request, $"the model takes {shape}, of which no size is 1 or 3 channels, and {gets}");
        var (channels, height, width) = isPlanes ? (shape[1], shape[2], shape[3]) : (shape[3], shape[1], shape[2]);
        if ((height < 0 || width < 0) && !request.Sample.IsScaled) throw Wrong(request, $"the model takes {shape}, pictures of any size, and {gets}; give all the same size with 'resize' first");
        if (height < 0) height = picture.Height;
        if (width < 0) width = picture.Width;
        if (height < 1 || width < 1 || height * width > int.MaxValue / (4 * 3)) throw Wrong(request, $"the model takes {shape}, which is no size of a picture, and {gets}");
        var scaled = WithChannels(PicturePixels.Scale(picture, (int)width, (int)height), (int)channels);
        return isPlanes
            ? (new TensorShape(1, channels, height, width), PicturePixels.ToVector(scaled, PixelLayout.Planes))
            : (new TensorShape(1, height, width, channels), PicturePixels.ToVector(scaled, PixelLayout.Rows));
    }

    private static Picture WithChannels(Picture picture, int channels)
    {
        if (picture.Channels == channels) return picture;
        if (channels == 1) return PicturePixels.ToGrey(picture);
        var pixels = new byte[picture.Width * picture.Height * channels];
        for (var i = 0; i < pixels.Length; i++) pixels[i] = picture.Pixels.Span[i / channels];
        return new Picture(picture.Width, picture.Height, channels, pixels);
    }

    private static EdgeHostException Wrong(FeatureRequest request, string problem) => new(ErrorCode.FailedPrecondition, $"{request.Name} cannot run: {problem}.");
}
