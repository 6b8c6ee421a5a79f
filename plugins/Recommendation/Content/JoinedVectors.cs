using System.Numerics.Tensors;

namespace EdgeHost.Plugins.Recommendation.Content;

/// <summary>
/// How the vectors of an item's parts lie in one: the app's own, that of the text, that of the picture, each of length 1 over the root of how many there are, zeros where there is none. The cosine of two
/// items is then the mean of what their parts say. Where there is nothing but own ones, they are as the app gave them. Immutable.
/// </summary>
/// <param name="Own">Numbers of the app's own vectors; 0 where there are none.</param>
/// <param name="TextModel">The model of texts' vectors, or null.</param>
/// <param name="Text">Their numbers.</param>
/// <param name="PictureModel">The model of pictures' vectors, or null.</param>
/// <param name="Picture">Their numbers.</param>
internal sealed record JoinedVectors(int Own, string? TextModel, int Text, string? PictureModel, int Picture)
{
    /// <summary>Nothing but own vectors, if any.</summary>
    public static JoinedVectors None { get; } = new(0, null, 0, null, 0);

    /// <summary>The model whose vectors of a part count; null for none.</summary>
    public string? ModelOf(ContentPart part) => part == ContentPart.Text ? TextModel : PictureModel;

    /// <summary>Joins the vectors of an item.</summary>
    /// <param name="own">The app's; empty for none.</param>
    /// <param name="made">Those that were made of it; of other models they are left out.</param>
    /// <returns>Empty where there is none.</returns>
    public ReadOnlyMemory<float> Join(ReadOnlyMemory<float> own, IReadOnlyList<ContentVector> made)
    {
        if (Text + Picture == 0) return own;
        var joined = new float[Own + Text + Picture];
        var parts = own.IsEmpty ? 0 : 1;
        if (!own.IsEmpty) Put(own.Span, joined.AsSpan(0, Own));
        foreach (var vector in made)
        {
            var place = vector.Part == ContentPart.Text ? joined.AsSpan(Own, Text) : joined.AsSpan(Own + Text, Picture);
            if (vector.Model is null || vector.Model != ModelOf(vector.Part) || vector.Values.Length != place.Length) continue;
            Put(vector.Values, place);
            parts++;
        }

        if (parts == 0) return default;
        TensorPrimitives.Divide(joined, MathF.Sqrt(parts), joined);
        return joined;
    }

    private static void Put(ReadOnlySpan<float> vector, Span<float> place)
    {
        var length = TensorPrimitives.Norm(vector);
        if (length > 0 && float.IsFinite(length)) TensorPrimitives.Divide(vector, length, place);
    }
}
