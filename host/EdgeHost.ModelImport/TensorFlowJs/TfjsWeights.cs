using System.Buffers.Binary;
using EdgeHost.ModelImport.Values;

namespace EdgeHost.ModelImport.TensorFlowJs;

/// <summary>Reads weights out of their files. Lengths are checked before anything is allocated.</summary>
internal static class TfjsWeights
{
    /// <summary>The weights by name.</summary>
    /// <param name="groups">Where they lie.</param>
    /// <param name="files">The files by their names.</param>
    /// <param name="budget">What they may take.</param>
    public static Dictionary<string, ConstantTensor> Read(
        IReadOnlyList<TfjsWeightGroup> groups, IReadOnlyDictionary<string, ReadOnlyMemory<byte>> files, ConstantBudget budget)
    {
        var missing = groups.SelectMany(group => group.Files).Where(file => !files.ContainsKey(file)).Distinct(StringComparer.Ordinal).Select(ImportProblem.Name).ToList();
        if (missing.Count > 0) throw ImportProblem.Damaged($"its files of weights are missing: {string.Join(", ", missing.Take(16))}");
        var weights = new Dictionary<string, ConstantTensor>(StringComparer.Ordinal);
        foreach (var group in groups)
        {
            ReadOnlySpan<byte> left = group.Files.Count == 1 ? files[group.Files[0]].Span : Join([.. group.Files.Select(file => files[file])]);
            foreach (var weight in group.Weights)
            {
                budget.Take(weight.Shape.ElementCount, weight.Type == ElementType.Float32 ? sizeof(float) : sizeof(long), $"the weight '{ImportProblem.Name(weight.Name)}'");
                var bytes = weight.Shape.ElementCount * weight.StoredAs.SizeInBytes();
                if (bytes > left.Length)
                {
                    throw ImportProblem.Damaged($"its files of weights end at the weight '{ImportProblem.Name(weight.Name)}', which needs {bytes} bytes where {left.Length} are left");
                }

                if (!weights.TryAdd(weight.Name, Read(weight, left[..(int)bytes]))) throw ImportProblem.Damaged($"the weight '{ImportProblem.Name(weight.Name)}' is there twice");
                left = left[(int)bytes..];
            }
        }

        return weights;
    }

    private static byte[] Join(ReadOnlyMemory<byte>[] files)
    {
        // The files are in memory already; their sum is below the limit of what is read.
        var joined = new byte[files.Sum(file => (long)file.Length)];
        var at = 0;
        foreach (var file in files)
        {
            file.Span.CopyTo(joined.AsSpan(at));
            at += file.Length;
        }

        return joined;
    }

    private static ConstantTensor Read(TfjsWeight weight, ReadOnlySpan<byte> bytes)
    {
        if (weight.Type == ElementType.Float32) return ConstantTensor.Of(Floats(weight, bytes), weight.Shape);
        if (weight.Type is not (ElementType.Int32 or ElementType.Bool)) throw ImportProblem.Unknown($"the weight '{ImportProblem.Name(weight.Name)}' is of the type {weight.Type}");
        return ConstantTensor.Of(Integers(weight, bytes), weight.Shape, weight.Type);
    }

    private static float[] Floats(TfjsWeight weight, ReadOnlySpan<byte> bytes)
    {
        var values = new float[weight.Shape.ElementCount];
        for (var i = 0; i < values.Length; i++)
        {
            values[i] = weight.StoredAs switch
            {
                ElementType.Float32 => BinaryPrimitives.ReadSingleLittleEndian(bytes[(4 * i)..]),
                ElementType.Float16 => (float)BinaryPrimitives.ReadHalfLittleEndian(bytes[(2 * i)..]),
                ElementType.UInt8 => (float)((bytes[i] * weight.Scale) + weight.Minimum),
                _ => (float)((BinaryPrimitives.ReadUInt16LittleEndian(bytes[(2 * i)..]) * weight.Scale) + weight.Minimum),
            };
        }

        return values;
    }

    private static long[] Integers(TfjsWeight weight, ReadOnlySpan<byte> bytes)
    {
        var values = new long[weight.Shape.ElementCount];
        for (var i = 0; i < values.Length; i++)
        {
            values[i] = weight.StoredAs switch
            {
                ElementType.Int32 => BinaryPrimitives.ReadInt32LittleEndian(bytes[(4 * i)..]),
                ElementType.Bool => bytes[i] == 0 ? 0 : 1,
                ElementType.UInt8 => (long)Math.Floor((bytes[i] * weight.Scale) + weight.Minimum + 0.5),
                ElementType.UInt16 => (long)Math.Floor((BinaryPrimitives.ReadUInt16LittleEndian(bytes[(2 * i)..]) * weight.Scale) + weight.Minimum + 0.5),
                _ => throw ImportProblem.Unknown($"the weight '{ImportProblem.Name(weight.Name)}' is {weight.Type} and stored as {weight.StoredAs}"),
            };
        }

        return values;
    }
}
