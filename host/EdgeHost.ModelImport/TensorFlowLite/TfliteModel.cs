namespace EdgeHost.ModelImport.TensorFlowLite;

/// <summary>A network as its file describes it. Immutable.</summary>
/// <param name="Tensors">All values, constants too.</param>
/// <param name="Inputs">Which of them go in.</param>
/// <param name="Outputs">Which of them come out.</param>
/// <param name="Operators">The operators, in an order in which they can run.</param>
internal sealed record TfliteModel(IReadOnlyList<TfliteTensor> Tensors, IReadOnlyList<int> Inputs, IReadOnlyList<int> Outputs, IReadOnlyList<TfliteOperator> Operators);

/// <summary>A value of a network. Immutable.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Type">Its elements as the file numbers them, see <see cref="TfliteTypes"/>.</param>
/// <param name="Shape">Its shape; -1 for an open dimension.</param>
/// <param name="Data">The bytes of a constant, a view of the file; empty for what is computed.</param>
/// <param name="Scales">What 8-bit numbers are multiplied with: one for all, or one for each entry of an axis; empty where they are not quantised.</param>
/// <param name="ZeroPoints">What is taken from them before, as many.</param>
/// <param name="Axis">The axis of the scales.</param>
internal sealed record TfliteTensor(string Name, int Type, TensorShape Shape, ReadOnlyMemory<byte> Data, float[] Scales, long[] ZeroPoints, int Axis)
{
    /// <summary>Whether it is of 8-bit numbers that stand for floats.</summary>
    public bool IsQuantised => Scales.Length > 0 && Type is TfliteTypes.UInt8 or TfliteTypes.Int8;
}

/// <summary>One use of an operator. Immutable.</summary>
/// <param name="Code">The operator, as the file numbers them.</param>
/// <param name="Custom">The name of an operator of somebody's own, else empty.</param>
/// <param name="Inputs">What it reads; -1 for what is left out.</param>
/// <param name="Outputs">What it makes.</param>
/// <param name="Options">What is fixed of it.</param>
internal sealed record TfliteOperator(int Code, string Custom, int[] Inputs, int[] Outputs, FlatTable Options);
