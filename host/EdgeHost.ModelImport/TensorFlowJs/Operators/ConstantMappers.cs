using EdgeHost.ModelImport.Values;

namespace EdgeHost.ModelImport.TensorFlowJs.Operators;

/// <summary>Operators whose results are known now.</summary>
internal static class ConstantMappers
{
    public static IEnumerable<KeyValuePair<string, TfjsMapper>> Table =>
    [
        new("SparseToDense", SparseToDense),
        new("Fill", Fill),
        new("Range", Range),
    ];

    private static Value[] SparseToDense(TfjsCall call)
    {
        var shape = ShapeReader.Read(call.Numbers(1), "a dense tensor");
        call.Canvas.Budget.Take(shape.ElementCount, sizeof(long), "a dense tensor");
        var (places, values) = (call.Numbers(0), call.Constant(2));
        var numbers = values.Integers ?? throw ImportProblem.Unknown("its values are no whole numbers");
        var dense = new long[shape.ElementCount];
        Array.Fill(dense, call.Number(3));
        var depth = Math.Max(1, shape.Rank);
        if (places.Length % depth != 0 || (numbers.Length != 1 && numbers.Length != places.Length / depth)) throw ImportProblem.Damaged("its places and values differ in number");
        var strides = Strides.Of(shape);
        for (var i = 0; i < places.Length / depth; i++)
        {
            long at = 0;
            for (var axis = 0; axis < shape.Rank; axis++)
            {
                var place = places[(i * depth) + axis];
                if (place < 0 || place >= shape[axis]) throw ImportProblem.Damaged($"it puts a value at {place} of {shape[axis]}");
                at += place * strides[axis];
            }

            dense[at] = numbers[numbers.Length == 1 ? 0 : i];
        }

        return [Canvas.Constant(ConstantTensor.Of(dense, shape, values.Type))];
    }

    private static Value[] Fill(TfjsCall call)
    {
        var shape = ShapeReader.Read(call.Numbers(0), "a filled tensor");
        if (call.Constant(1).Count != 1) throw ImportProblem.Damaged("it is filled with more than one number");
        call.Canvas.Budget.Take(shape.ElementCount, sizeof(long), "a filled tensor");
        return [Canvas.Constant(call.Constant(1).Pick(shape, Enumerable.Repeat(0, checked((int)shape.ElementCount))))];
    }

    private static Value[] Range(TfjsCall call)
    {
        var (start, end, step) = (call.Number(0), call.Number(1), call.Number(2));
        if (call.Constant(0).Integers is null) throw ImportProblem.Unknown("its numbers have fractions");
        if (step == 0) throw ImportProblem.Damaged("it goes no step");
        var count = Math.Max(0, step > 0 ? (end - start + step - 1) / step : (start - end - step - 1) / -step);
        call.Canvas.Budget.Take(count, sizeof(long), "a range");
        return [Canvas.Constant(ConstantTensor.Vector([.. Enumerable.Range(0, (int)count).Select(i => start + (i * step))]))];
    }
}
