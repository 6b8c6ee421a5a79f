namespace EdgeHost.ModelImport.Values;

/// <summary>A constant of the source in its own layout: floats, or whole numbers (also for booleans, 0 or 1). Immutable.</summary>
internal sealed class ConstantTensor
{
    private ConstantTensor(ElementType type, TensorShape shape, float[]? floats, long[]? integers)
    {
        if (shape.ElementCount != (floats?.Length ?? integers!.Length)) throw ImportProblem.Damaged($"a constant of {shape} has another number of values");
        Type = type;
        Shape = shape;
        Floats = floats;
        Integers = integers;
    }

    public ElementType Type { get; }

    public TensorShape Shape { get; }

    /// <summary>The values of <see cref="ElementType.Float32"/>, else null.</summary>
    public float[]? Floats { get; }

    /// <summary>The values of all other types, else null.</summary>
    public long[]? Integers { get; }

    public int Count => Floats?.Length ?? Integers!.Length;

    public static ConstantTensor Of(float[] values, TensorShape shape) => new(ElementType.Float32, shape, values, null);

    public static ConstantTensor Of(long[] values, TensorShape shape, ElementType type = ElementType.Int32) => new(type, shape, null, values);

    /// <summary>A vector of 32-bit whole numbers.</summary>
    public static ConstantTensor Vector(params long[] values) => Of(values, new TensorShape(values.Length));

    /// <summary>The same values under another shape of as many elements.</summary>
    public ConstantTensor Reshape(TensorShape shape) => new(Type, shape, Floats, Integers);

    /// <summary>The same values as another type.</summary>
    public ConstantTensor Cast(ElementType type)
    {
        if (type == ElementType.Float32) return Floats is not null ? this : Of([.. Integers!.Select(value => (float)value)], Shape);
        var values = Integers ?? [.. Floats!.Select(value => (long)value)];
        return Of(type == ElementType.Bool ? [.. values.Select(value => value == 0 ? 0L : 1L)] : values, Shape, type);
    }

    /// <summary>Picks elements by where they stood before.</summary>
    /// <param name="shape">The shape of what is picked.</param>
    /// <param name="indices">For each new element the index of an old one.</param>
    public ConstantTensor Pick(TensorShape shape, IEnumerable<int> indices)
        => Floats is not null
            ? Of([.. indices.Select(index => Floats[index])], shape)
            : Of([.. indices.Select(index => Integers![index])], shape, Type);

    /// <summary>The dimensions in another order.</summary>
    public ConstantTensor Permute(params ReadOnlySpan<long> order)
    {
        var strides = Strides.Of(Shape);
        var moved = new long[order.Length];
        var shape = new long[order.Length];
        for (var i = 0; i < order.Length; i++)
        {
            moved[i] = strides[order[i]];
            shape[i] = Shape[(int)order[i]];
        }

        return Pick(new TensorShape(shape), Strides.Walk(shape, moved, 0));
    }
}
