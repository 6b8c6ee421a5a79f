using EdgeHost.ModelImport.Values;

namespace EdgeHost.ModelImport.TensorFlowLite;

/// <summary>Reads what a file says, and checks that all that it refers to is there. Field numbers are those of TensorFlow Lite's schema, version 3.</summary>
internal static class TfliteModelReader
{
    // The first kind of files has one byte for an operator's number; this one says that the number is in the later field.
    private const int PlaceholderCode = 127;

    public static TfliteModel Read(ReadOnlyMemory<byte> file, ModelImportOptions options)
    {
        if (file.Length < 8 || !file.Span.Slice(4, 4).SequenceEqual("TFL3"u8)) throw ImportProblem.Damaged("it is no TensorFlow Lite file of version 3");
        var model = FlatTable.Root(file);
        var graphs = model.Tables(2);
        if (graphs.Length != 1) throw ImportProblem.Unknown($"it has {graphs.Length} graphs; files of one are read");
        var codes = model.Tables(1);
        var buffers = model.Tables(4);
        var graph = graphs[0];
        TfliteTensor[] tensors = [.. graph.Tables(0).Select(tensor => ReadTensor(tensor, buffers))];
        var operators = graph.Tables(3);
        if (operators.Length > options.MaxOperators) throw ImportProblem.TooLarge($"it has {operators.Length} operators, more than {options.MaxOperators}", nameof(options.MaxOperators));
        return new TfliteModel(
            tensors,
            Checked(graph.Integers(1), tensors.Length, mayBeMissing: false),
            Checked(graph.Integers(2), tensors.Length, mayBeMissing: false),
            [.. operators.Select(entry => ReadOperator(entry, codes, tensors.Length))]);
    }

    private static TfliteTensor ReadTensor(FlatTable tensor, FlatTable[] buffers)
    {
        var name = tensor.Text(3);
        var buffer = tensor.Integer(2);
        if (buffer < 0 || buffer >= buffers.Length) throw ImportProblem.Damaged($"the tensor '{ImportProblem.Name(name)}' lies in a buffer that is not there");
        if (tensor.Table(6).IsThere) throw ImportProblem.Unknown($"the tensor '{ImportProblem.Name(name)}' is sparse");
        var signature = tensor.Integers(7);
        var dimensions = signature.Length > 0 ? signature : tensor.Integers(0);
        var shape = ShapeReader.Read([.. dimensions.Select(size => (long)size)], $"the tensor '{ImportProblem.Name(name)}'", mayBeOpen: true);
        var quantisation = tensor.Table(4);
        var (scales, zeros) = (quantisation.Floats(2), quantisation.Longs(3));
        if (zeros.Length == 0) zeros = new long[scales.Length];
        var axis = quantisation.Integer(6);
        if (zeros.Length != scales.Length || (scales.Length > 1 && (axis < 0 || axis >= shape.Rank || shape[axis] != scales.Length)))
        {
            throw ImportProblem.Damaged($"the tensor '{ImportProblem.Name(name)}' of {shape} has {scales.Length} scales and {zeros.Length} zero points along axis {axis}");
        }

        return new TfliteTensor(name, tensor.Byte(1), shape, buffers[buffer].Bytes(0), scales, zeros, axis);
    }

    private static TfliteOperator ReadOperator(FlatTable entry, FlatTable[] codes, int tensors)
    {
        var index = entry.Integer(0);
        if (index < 0 || index >= codes.Length) throw ImportProblem.Damaged("an operator has a number that is not there");
        var code = codes[index];
        var number = code.Byte(0) < PlaceholderCode ? code.Byte(0) : code.Integer(3);
        return new TfliteOperator(
            number, code.Text(1), Checked(entry.Integers(1), tensors, mayBeMissing: true), Checked(entry.Integers(2), tensors, mayBeMissing: false), entry.Table(4));
    }

    private static int[] Checked(int[] indices, int count, bool mayBeMissing)
        => indices.All(index => index >= (mayBeMissing ? -1 : 0) && index < count) ? indices : throw ImportProblem.Damaged("it refers to tensors that are not there");
}
