using EdgeHost.ModelTools;
using EdgeHost.ModelTools.Graphs;

namespace EdgeHost.TestKit.Onnx.Decoders;

/// <summary>
/// Builds a decoder of a few thousand weights as an ONNX graph in the layout of the communities, in two forms: of plain operators, or with ONNX Runtime's GroupQueryAttention.
/// </summary>
public sealed class TinyGraph
{
    private readonly TinyWeights _weights;
    private readonly TinyShape _shape;
    private readonly GraphBuilder _graph = new();
    private readonly GraphValue _tokens;
    private readonly GraphValue _mask;
    private readonly GraphValue? _positions;
    private readonly bool _isGrouped;

    private TinyGraph(TinyWeights weights, bool isGrouped)
    {
        (_weights, _shape, _isGrouped) = (weights, weights.Shape, isGrouped);
        _tokens = _graph.Input("input_ids", ElementType.Int64, new TensorShape(-1, -1));
        _mask = _graph.Input("attention_mask", ElementType.Int64, new TensorShape(-1, -1));
        if (!isGrouped) _positions = _graph.Input("position_ids", ElementType.Int64, new TensorShape(-1, -1));
    }

    /// <summary>Builds it.</summary>
    public static byte[] Build(TinyWeights weights, bool isGrouped) => new TinyGraph(weights, isGrouped).Make();

    private byte[] Make()
    {
        var hidden = new TensorShape(-1, -1, _shape.Hidden);
        var (cosines, sines) = _weights.Rotations();
        var tables = new TensorShape(_shape.Context, _shape.Width / 2);
        var cosine = _graph.Initializer<float>("cosines", tables, cosines);
        var sine = _graph.Initializer<float>("sines", tables, sines);
        var pasts = Enumerable.Range(0, _shape.Layers).Select(layer => (Key: Past(layer, "key"), Value: Past(layer, "value"))).ToArray();
        var rows = _graph.Node("Gather", hidden, [Weight("embedding", _shape.Vocabulary, _shape.Hidden), _tokens], ElementType.Float32);
        var attention = _isGrouped ? Grouped(cosine, sine) : Plain(cosine, sine);
        for (var layer = 0; layer < _shape.Layers; layer++)
        {
            var normed = Norm(rows, $"{layer}.norm1");
            var shared = _shape.CacheHeads * _shape.Width;
            var (joined, key, value) = attention(
                Times(normed, $"{layer}.q", _shape.Hidden, _shape.Hidden), Times(normed, $"{layer}.k", _shape.Hidden, shared), Times(normed, $"{layer}.v", _shape.Hidden, shared), pasts[layer].Key, pasts[layer].Value);
            _graph.Output(key, $"present.{layer}.key");
            _graph.Output(value, $"present.{layer}.value");
            rows = _graph.Node("Add", hidden, [rows, Times(joined, $"{layer}.o", _shape.Hidden, _shape.Hidden)]);
            rows = _graph.Node("Add", hidden, [rows, Feed(Norm(rows, $"{layer}.norm2"), layer)]);
        }

        _graph.Output(Times(Norm(rows, "norm"), "head", _shape.Hidden, _shape.Vocabulary), "logits");
        var model = _graph.Build("tiny");
        if (_isGrouped) model.OperatorSets.Add(new OperatorSetProto { Domain = "com.microsoft", Version = 1 });
        foreach (var node in model.Graph!.Nodes.Where(static node => node.Operator == "GroupQueryAttention")) node.Domain = "com.microsoft";
        return model.ToBytes().ToArray();
    }

    private delegate (GraphValue Joined, GraphValue Key, GraphValue Value) Attention(GraphValue query, GraphValue key, GraphValue value, GraphValue pastKey, GraphValue pastValue);

    private Attention Grouped(GraphValue cosine, GraphValue sine)
    {
        var one = new TensorShape(-1);
        var sum = _graph.Node("ReduceSum", one, [_mask, _graph.Constant([1])], null, AttributeProto.Of("keepdims", 0L));
        var lengths = _graph.Node("Cast", one, [_graph.Node("Sub", one, [sum, _graph.Constant([1])])], ElementType.Int32, AttributeProto.Of("to", (long)ElementType.Int32));
        var size = _graph.Node("Gather", new TensorShape(), [_graph.Node("Shape", new TensorShape(2), [_mask]), _graph.Initializer<long>("one", new TensorShape(), [1])]);
        var total = _graph.Node("Cast", new TensorShape(), [size], ElementType.Int32, AttributeProto.Of("to", (long)ElementType.Int32));
        return (query, key, value, pastKey, pastValue) =>
        {
            var outputs = _graph.Node(
                "GroupQueryAttention",
                [query.Shape, pastKey.Shape, pastValue.Shape],
                [query, key, value, pastKey, pastValue, lengths, total, cosine, sine],
                null,
                AttributeProto.Of("num_heads", (long)_shape.Heads),
                AttributeProto.Of("kv_num_heads", (long)_shape.CacheHeads),
                AttributeProto.Of("do_rotary", 1L));
            return (outputs[0], outputs[1], outputs[2]);
        };
    }

    private Attention Plain(GraphValue cosine, GraphValue sine)
    {
        var bias = Bias();
        var (cosines, sines) = (Turns(cosine), Turns(sine));
        return (query, key, value, pastKey, pastValue) =>
        {
            var queries = Rotate(Split(query, _shape.Heads), cosines, sines);
            var keys = Concat(2, pastKey, Rotate(Split(key, _shape.CacheHeads), cosines, sines));
            var values = Concat(2, pastValue, Split(value, _shape.CacheHeads));
            var all = new TensorShape(-1, _shape.Heads, -1, -1);
            var turned = _graph.Node("Transpose", all, [Repeat(keys)], null, AttributeProto.Of("perm", [0L, 1, 3, 2]));
            var scores = _graph.Node("Mul", all, [_graph.Node("MatMul", all, [queries, turned]), _graph.Constant(1 / MathF.Sqrt(_shape.Width))]);
            var shares = _graph.Node("Softmax", all, [_graph.Node("Add", all, [scores, bias])], null, AttributeProto.Of("axis", -1L));
            var joined = _graph.Node("Transpose", new TensorShape(-1, -1, _shape.Heads, _shape.Width), [_graph.Node("MatMul", all, [shares, Repeat(values)])], null, AttributeProto.Of("perm", [0L, 2, 1, 3]));
            return (_graph.Node("Reshape", new TensorShape(-1, -1, _shape.Hidden), [joined, _graph.Constant([0, 0, _shape.Hidden])]), keys, values);
        };
    }

    // 0 where a token is seen: one of the mask that is not behind the one that looks; rows end together.
    private GraphValue Bias()
    {
        var total = Size(_mask);
        var count = Size(_tokens);
        var (zero, one) = (_graph.Initializer<long>("zero", new TensorShape(), [0]), _graph.Initializer<long>("step", new TensorShape(), [1]));
        var keys = _graph.Node("Range", new TensorShape(-1), [zero, total, one]);
        var queries = _graph.Node("Unsqueeze", new TensorShape(-1, 1), [_graph.Node("Range", new TensorShape(-1), [_graph.Node("Sub", new TensorShape(), [total, count]), total, one]), _graph.Constant([1])]);
        var before = _graph.Node("LessOrEqual", new TensorShape(-1, -1), [keys, queries], ElementType.Bool);
        var known = _graph.Node("Unsqueeze", new TensorShape(-1, 1, 1, -1), [_graph.Node("Cast", _mask.Shape, [_mask], ElementType.Bool, AttributeProto.Of("to", (long)ElementType.Bool)), _graph.Constant([1, 2])]);
        var seen = _graph.Node("And", new TensorShape(-1, 1, -1, -1), [before, known]);
        return _graph.Node("Where", seen.Shape, [seen, _graph.Constant(0f), _graph.Constant(-1e9f)], ElementType.Float32);
    }

    private GraphValue Size(GraphValue value)
        => _graph.Node("Gather", new TensorShape(), [_graph.Node("Shape", new TensorShape(2), [value], ElementType.Int64), _graph.Shared("scalar_1", key => _graph.Initializer<long>(key, new TensorShape(), [1]))]);

    // [rows, 1, tokens, width]: both halves turn alike.
    private GraphValue Turns(GraphValue table)
    {
        var half = _graph.Node("Gather", new TensorShape(-1, -1, _shape.Width / 2), [table, _positions]);
        return _graph.Node("Unsqueeze", new TensorShape(-1, 1, -1, _shape.Width), [Concat(2, half, half), _graph.Constant([1])]);
    }

    private GraphValue Rotate(GraphValue heads, GraphValue cosines, GraphValue sines)
    {
        var half = _shape.Width / 2;
        var part = Shapes.With(heads.Shape, 3, half);
        var first = _graph.Node("Slice", part, [heads, _graph.Constant([0]), _graph.Constant([half]), _graph.Constant([3])]);
        var second = _graph.Node("Slice", part, [heads, _graph.Constant([half]), _graph.Constant([_shape.Width]), _graph.Constant([3])]);
        var turned = Concat(3, _graph.Node("Neg", part, [second]), first);
        return _graph.Node("Add", heads.Shape, [_graph.Node("Mul", heads.Shape, [heads, cosines]), _graph.Node("Mul", heads.Shape, [turned, sines])]);
    }

    private GraphValue Split(GraphValue rows, int heads)
    {
        var split = _graph.Node("Reshape", new TensorShape(-1, -1, heads, _shape.Width), [rows, _graph.Constant([0, 0, heads, _shape.Width])]);
        return _graph.Node("Transpose", new TensorShape(-1, heads, -1, _shape.Width), [split], null, AttributeProto.Of("perm", [0L, 2, 1, 3]));
    }

    private GraphValue Repeat(GraphValue heads)
    {
        var times = _shape.Heads / _shape.CacheHeads;
        var wide = new TensorShape(-1, _shape.CacheHeads, times, -1, _shape.Width);
        var opened = _graph.Node("Unsqueeze", new TensorShape(-1, _shape.CacheHeads, 1, -1, _shape.Width), [heads, _graph.Constant([2])]);
        var repeated = _graph.Node("Expand", wide, [opened, _graph.Constant([1, 1, times, 1, 1])]);
        return _graph.Node("Reshape", new TensorShape(-1, _shape.Heads, -1, _shape.Width), [repeated, _graph.Constant([0, _shape.Heads, -1, _shape.Width])]);
    }

    private GraphValue Feed(GraphValue rows, int layer)
    {
        var inner = new TensorShape(-1, -1, _shape.Inner);
        var gate = Times(rows, $"{layer}.gate", _shape.Hidden, _shape.Inner);
        var opened = _graph.Node("Mul", inner, [gate, _graph.Node("Sigmoid", inner, [gate])]);
        return Times(_graph.Node("Mul", inner, [opened, Times(rows, $"{layer}.up", _shape.Hidden, _shape.Inner)]), $"{layer}.down", _shape.Inner, _shape.Hidden);
    }

    private GraphValue Norm(GraphValue rows, string name)
    {
        var squares = _graph.Node("ReduceMean", new TensorShape(-1, -1, 1), [_graph.Node("Mul", rows.Shape, [rows, rows]), _graph.Constant([-1])]);
        var length = _graph.Node("Sqrt", squares.Shape, [_graph.Node("Add", squares.Shape, [squares, _graph.Constant(1e-6f)])]);
        return _graph.Node("Mul", rows.Shape, [_graph.Node("Div", rows.Shape, [rows, length]), _graph.Initializer<float>(name, new TensorShape(_shape.Hidden), _weights[name])]);
    }

    private GraphValue Times(GraphValue rows, string name, int from, int to) => _graph.Node("MatMul", new TensorShape(-1, -1, to), [rows, Weight(name, from, to)]);

    private GraphValue Weight(string name, int rows, int columns) => _graph.Initializer<float>(name, new TensorShape(rows, columns), _weights[name]);

    private GraphValue Concat(int axis, GraphValue first, GraphValue second)
        => _graph.Node("Concat", Shapes.With(first.Shape, axis, first.Shape[axis] < 0 ? -1 : first.Shape[axis] + second.Shape[axis]), [first, second], null, AttributeProto.Of("axis", (long)axis));

    private GraphValue Past(int layer, string part) => _graph.Input($"past_key_values.{layer}.{part}", ElementType.Float32, new TensorShape(-1, _shape.CacheHeads, -1, _shape.Width));
}
