using EdgeHost.ModelImport.Values;
using EdgeHost.ModelTools;

namespace EdgeHost.ModelImport.Layers;

/// <summary>Pictures of another size.</summary>
internal static class Resizing
{
    /// <summary>Resizes rows and columns.</summary>
    /// <param name="canvas">The graph.</param>
    /// <param name="picture">[N,H,W,C].</param>
    /// <param name="size">Rows and columns; known now, or when the graph runs.</param>
    /// <param name="isLinear">Between pixels; otherwise the nearest one.</param>
    /// <param name="alignCorners">The corners stay where they are.</param>
    /// <param name="halfPixels">Pixels are areas, not points.</param>
    public static Value Apply(Canvas canvas, Value picture, Value size, bool isLinear, bool alignCorners, bool halfPixels)
    {
        var input = canvas.ChannelsFirst(picture);
        if (isLinear) input = canvas.As(input, ElementType.Float32);
        if (size.Rank != 1 || size.Shape[0] != 2) throw ImportProblem.Damaged($"a picture is resized to {size.Shape} numbers, not rows and columns");
        var sides = size.Constant?.Cast(ElementType.Int64).Integers ?? [-1, -1];
        if (size.Constant is not null && sides.Any(side => side is < 1 or > 1 << 16)) throw ImportProblem.Damaged($"a picture is resized to [{string.Join(',', sides)}]");
        var attributes = new List<AttributeProto>
        {
            AttributeProto.Of("mode", isLinear ? "linear" : "nearest"),
            AttributeProto.Of("coordinate_transformation_mode", alignCorners ? "align_corners" : halfPixels ? "half_pixel" : "asymmetric"),
            AttributeProto.Of("axes", [2, 3]),
        };

        // TensorFlow takes the floor of where a pixel's left edge falls, or with corners aligned rounds up halves.
        if (!isLinear) attributes.Add(AttributeProto.Of("nearest_mode", alignCorners || halfPixels ? "round_prefer_ceil" : "floor"));
        var shape = new TensorShape(input.Shape[0], input.Shape[1], sides[0], sides[1]);
        return Canvas.InChannelsFirst(canvas.Builder.Node("Resize", shape, [input, null, null, canvas.Indices(size)], null, [.. attributes]));
    }
}
