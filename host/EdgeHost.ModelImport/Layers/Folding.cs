using EdgeHost.ModelImport.Values;

namespace EdgeHost.ModelImport.Layers;

/// <summary>Computes now what depends on constants alone: shapes and kernels have to be known before the graph runs. Pure functions.</summary>
internal static class Folding
{
    /// <summary>The result, or null for an operator that is left to the graph.</summary>
    public static ConstantTensor? TryBinary(ConstantBudget budget, string operation, ConstantTensor left, ConstantTensor right, TensorShape shape)
    {
        if (left.Floats is not null && Float(operation) is { } onFloats)
        {
            budget.Take(shape.ElementCount, sizeof(float), "a constant");
            var (a, b) = (left.Floats, right.Floats!);
            return ConstantTensor.Of([.. Pairs(left.Shape, right.Shape, shape).Select(pair => onFloats(a[pair.Left], b[pair.Right]))], shape);
        }

        if (left.Integers is not null && Integer(operation) is { } onIntegers)
        {
            budget.Take(shape.ElementCount, sizeof(long), "a constant");
            var (a, b) = (left.Integers, right.Integers!);
            return ConstantTensor.Of([.. Pairs(left.Shape, right.Shape, shape).Select(pair => (long)(int)onIntegers(a[pair.Left], b[pair.Right]))], shape, left.Type);
        }

        return null;
    }

    /// <summary>Constants one after the other along an axis.</summary>
    public static ConstantTensor Concat(ConstantBudget budget, IReadOnlyList<ConstantTensor> parts, int axis, TensorShape shape)
    {
        budget.Take(shape.ElementCount, sizeof(long), "a constant");
        var isFloat = parts[0].Floats is not null;
        var floats = isFloat ? new float[shape.ElementCount] : null;
        var integers = isFloat ? null : new long[shape.ElementCount];
        long inner = 1;
        for (var i = axis + 1; i < shape.Rank; i++) inner *= shape[i];
        long before = 0;
        foreach (var part in parts)
        {
            var block = part.Shape[axis] * inner;
            for (long from = 0, to = before; from < part.Count; from += block, to += shape[axis] * inner)
            {
                if (isFloat) Array.Copy(part.Floats!, from, floats!, to, block);
                else Array.Copy(part.Integers!, from, integers!, to, block);
            }

            before += block;
        }

        return isFloat ? ConstantTensor.Of(floats!, shape) : ConstantTensor.Of(integers!, shape, parts[0].Type);
    }

    private static IEnumerable<(int Left, int Right)> Pairs(TensorShape left, TensorShape right, TensorShape shape)
    {
        var steps = shape.Dimensions.ToArray();
        return Strides.Walk(steps, Strides.Broadcast(left, shape), 0).Zip(Strides.Walk(steps, Strides.Broadcast(right, shape), 0));
    }

    private static Func<float, float, float>? Float(string operation) => operation switch
    {
        "Add" => static (a, b) => a + b,
        "Sub" => static (a, b) => a - b,
        "Mul" => static (a, b) => a * b,
        "Div" => static (a, b) => a / b,
        "Max" => MathF.Max,
        "Min" => MathF.Min,
        _ => null,
    };

    private static Func<long, long, long>? Integer(string operation) => operation switch
    {
        "Add" => static (a, b) => a + b,
        "Sub" => static (a, b) => a - b,
        "Mul" => static (a, b) => a * b,
        "Div" => static (a, b) => b == 0 ? throw DividedByZero() : a / b,
        "Mod" => static (a, b) => b == 0 ? throw DividedByZero() : ((a % b) + b) % b,
        "Max" => Math.Max,
        "Min" => Math.Min,
        _ => null,
    };

    private static EdgeHostException DividedByZero() => ImportProblem.Damaged("a constant is divided by zero");
}
