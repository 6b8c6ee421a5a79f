using EdgeHost.ModelImport.Values;
using EdgeHost.ModelTools;
using EdgeHost.ModelTools.Optimising;

namespace EdgeHost.ModelImport.TensorFlowLite;

/// <summary>
/// Makes an ONNX graph of a TensorFlow Lite file. Kernels of 8-bit numbers stay that, and what is computed is rounded to 8 bits where the file says so, as pairs of
/// nodes that the engine joins to operators on whole numbers. The same file gives the same graph. Static and thread-safe.
/// </summary>
internal static class TfliteConverter
{
    /// <summary>Makes a graph.</summary>
    /// <param name="file">The content of the file.</param>
    /// <param name="options">The limits.</param>
    /// <param name="cancellationToken">Stops between two operators.</param>
    public static ModelProto Convert(ReadOnlyMemory<byte> file, ModelImportOptions options, CancellationToken cancellationToken)
    {
        var model = TfliteModelReader.Read(file, options);
        UnknownOperators.Refuse("TensorFlow Lite", model.Operators.Where(entry => TfliteOperators.Find(entry) is null).Select(TfliteOperators.NameOf));
        var canvas = new Canvas(new ConstantBudget(options.MaxConstantBytes));
        var values = new Dictionary<int, Value>();
        foreach (var index in model.Inputs.Distinct()) values[index] = Input(canvas, model.Tensors[index]);
        foreach (var entry in model.Operators)
        {
            cancellationToken.ThrowIfCancellationRequested();
            Map(canvas, model, entry, values);
        }

        foreach (var index in model.Outputs) canvas.Builder.Output(canvas.Plain(Find(canvas, model, values, index)), model.Tensors[index].Name);
        var made = canvas.Builder.Build("edgehost-import");
        GraphCleaner.Clean(made);
        return made;
    }

    // 8-bit pictures go in as they are.
    private static Value Input(Canvas canvas, TfliteTensor tensor)
    {
        var input = canvas.Input(tensor.Name, TfliteTypes.Of(tensor), tensor.Shape);
        return tensor.IsQuantised ? TfliteConstants.Dequantise(canvas, input, tensor) : input;
    }

    private static void Map(Canvas canvas, TfliteModel model, TfliteOperator entry, Dictionary<int, Value> values)
    {
        canvas.Builder.Scope = entry.Outputs.Length > 0 ? model.Tensors[entry.Outputs[0]].Name : string.Empty;
        try
        {
            var made = TfliteOperators.Find(entry)!(new TfliteCall(model, entry, index => Find(canvas, model, values, index), canvas));
            if (made.Length < entry.Outputs.Length) throw ImportProblem.Damaged($"it makes {made.Length} values, and {entry.Outputs.Length} are expected");
            for (var i = 0; i < entry.Outputs.Length; i++) values[entry.Outputs[i]] = TfliteConstants.Round(canvas, made[i], model.Tensors[entry.Outputs[i]]);
        }
        catch (Exception e) when (e is EdgeHostException or ArgumentOutOfRangeException or OverflowException)
        {
            var code = e is EdgeHostException typed ? typed.Code : ErrorCode.InvalidArgument;
            throw new EdgeHostException(code, $"At '{ImportProblem.Name(canvas.Builder.Scope)}' ({ImportProblem.Name(TfliteOperators.NameOf(entry))}): {e.Message}", e);
        }
    }

    private static Value Find(Canvas canvas, TfliteModel model, Dictionary<int, Value> values, int index)
    {
        if (values.TryGetValue(index, out var known)) return known;
        var tensor = model.Tensors[index];
        if (tensor.Data.IsEmpty) throw ImportProblem.Damaged($"'{ImportProblem.Name(tensor.Name)}' is read before it is made");
        return values[index] = Canvas.Constant(TfliteConstants.Floats(canvas, tensor));
    }
}
