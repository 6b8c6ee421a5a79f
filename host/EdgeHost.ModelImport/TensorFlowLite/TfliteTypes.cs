using EdgeHost.ModelImport.Values;

namespace EdgeHost.ModelImport.TensorFlowLite;

/// <summary>The numbers of element types in files.</summary>
internal static class TfliteTypes
{
    public const int Float32 = 0;
    public const int Float16 = 1;
    public const int Int32 = 2;
    public const int UInt8 = 3;
    public const int Int64 = 4;
    public const int Bool = 6;
    public const int Int8 = 9;

    /// <summary>The element type.</summary>
    /// <exception cref="EdgeHostException"><see cref="ErrorCode.Unimplemented"/>: one that is not read.</exception>
    public static ElementType Of(TfliteTensor tensor) => tensor.Type switch
    {
        Float32 => ElementType.Float32,
        Float16 => ElementType.Float16,
        Int32 => ElementType.Int32,
        UInt8 => ElementType.UInt8,
        Int64 => ElementType.Int64,
        Bool => ElementType.Bool,
        Int8 => ElementType.Int8,
        _ => throw ImportProblem.Unknown($"the tensor '{ImportProblem.Name(tensor.Name)}' is of type {tensor.Type}, which is not read"),
    };
}
