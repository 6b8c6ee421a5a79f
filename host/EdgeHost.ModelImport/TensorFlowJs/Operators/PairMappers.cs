using EdgeHost.ModelImport.Layers;
using EdgeHost.ModelImport.Values;

namespace EdgeHost.ModelImport.TensorFlowJs.Operators;

/// <summary>Operators of two inputs, the smaller of which is stretched.</summary>
internal static class PairMappers
{
    public static IEnumerable<KeyValuePair<string, TfjsMapper>> Table =>
    [
        Same("Add", "Add"), Same("AddV2", "Add"), Same("BiasAdd", "Add"), Same("Sub", "Sub"), Same("Mul", "Mul"), Same("RealDiv", "Div"), Same("Div", "Div"),
        Same("Maximum", "Max"), Same("Minimum", "Min"), Same("Pow", "Pow"),
        Same("Equal", "Equal", ElementType.Bool), Same("Greater", "Greater", ElementType.Bool), Same("GreaterEqual", "GreaterOrEqual", ElementType.Bool),
        Same("Less", "Less", ElementType.Bool), Same("LessEqual", "LessOrEqual", ElementType.Bool), Same("LogicalAnd", "And", ElementType.Bool), Same("LogicalOr", "Or", ElementType.Bool),
        new("NotEqual", call => [Elementwise.Unary(call.Canvas, "Not", Elementwise.Binary(call.Canvas, "Equal", call[0], call[1], ElementType.Bool))]),
        new("AddN", call => [call.Inputs.Skip(1).Aggregate(call[0], (sum, next) => Elementwise.Binary(call.Canvas, "Add", sum, next))]),
        new("SquaredDifference", call => [SquaredDifference(call)]),
        new("FloorDiv", call => [FloorDiv(call.Canvas, call[0], call[1])]),
        new("FloorMod", call => [FloorMod(call.Canvas, call[0], call[1])]),
        new("Select", call => [Select(call)]),
        new("SelectV2", call => [Select(call)]),
    ];

    private static KeyValuePair<string, TfjsMapper> Same(string name, string operation, ElementType? type = null)
        => new(name, call => [Elementwise.Binary(call.Canvas, operation, call[0], call[1], type)]);

    private static Value SquaredDifference(TfjsCall call)
    {
        var difference = Elementwise.Binary(call.Canvas, "Sub", call[0], call[1]);
        return Elementwise.Binary(call.Canvas, "Mul", difference, difference);
    }

    // ONNX rounds whole quotients towards zero, TensorFlow downwards: without the rest both are the same.
    private static Value FloorDiv(Canvas canvas, Value left, Value right)
        => left.Type == ElementType.Float32
            ? Elementwise.Unary(canvas, "Floor", Elementwise.Binary(canvas, "Div", left, right))
            : Elementwise.Binary(canvas, "Div", Elementwise.Binary(canvas, "Sub", left, FloorMod(canvas, left, right)), right);

    private static Value FloorMod(Canvas canvas, Value left, Value right)
        => left.Type == ElementType.Float32
            ? Elementwise.Binary(canvas, "Sub", left, Elementwise.Binary(canvas, "Mul", FloorDiv(canvas, left, right), right))
            : Elementwise.Binary(canvas, "Mod", left, right);

    private static Value Select(TfjsCall call)
    {
        var (condition, yes, no) = (call[0], call[1], call[2]);

        // The older operator chooses whole rows where its condition is a vector.
        if (call.Node.Operator == "Select" && condition.Rank == 1 && yes.Rank > 1)
        {
            condition = Rearranging.Reshape(call.Canvas, condition, [condition.Shape[0], .. Enumerable.Repeat(1L, yes.Rank - 1)]);
        }

        var shape = ModelTools.Graphs.Shapes.Broadcast(yes.Shape, no.Shape) is { } both ? ModelTools.Graphs.Shapes.Broadcast(condition.Shape, both) : null;
        if (shape is not { } known || yes.Type != no.Type) throw ImportProblem.Damaged($"{condition.Shape} chooses between {yes.Type} {yes.Shape} and {no.Type} {no.Shape}");
        return Canvas.InPlain(call.Canvas.Builder.Node("Where", known, [call.Canvas.Plain(condition), call.Canvas.Plain(yes), call.Canvas.Plain(no)], yes.Type));
    }
}
