using System.Globalization;
using EdgeHost.ModelTools;
using EdgeHost.Plugins.Translation.Training.Networks;
using EdgeHost.Plugins.Translation.Training.Weights;

namespace EdgeHost.Plugins.Translation.Training.Export;

/// <summary>
/// Builds the graph of one of a model's files, the parts of its layers above all. Constants are shared by all parts of the graph. Not thread-safe.
/// </summary>
/// <param name="weights">The model's numbers.</param>
/// <param name="shape">Its sizes.</param>
/// <param name="isSmall">Whether products have weights of 8 bits; else numbers are kept as Float16, and computed with as Float32.</param>
internal sealed class MarianGraph(ModelWeights weights, MarianShape shape, bool isSmall)
{
    /// <summary>The version of ONNX's operators; the first that has layer normalisation.</summary>
    public const int OperatorSet = 17;

    /// <summary>The most pieces of a text.</summary>
    public const int MostPlaces = 512;

    private const int IrVersion = 8;
    private const float Hidden = -1e9f;

    private readonly GraphProto _top = new();
    private readonly HashSet<string> _constants = new(StringComparer.Ordinal);
    private readonly Dictionary<string, string> _widened = new(StringComparer.Ordinal);
    private readonly Dictionary<string, string> _rounded = new(StringComparer.Ordinal);
    private GraphProto? _branch;
    private string _prefix = string.Empty;
    private int _next;

    /// <summary>Declares an input of the graph; dimensions are names or numbers.</summary>
    public string Input(string name, ElementType type, params string[] dimensions)
    {
        _top.Inputs.Add(Info(name, type, dimensions));
        return name;
    }

    /// <summary>Declares an output of the graph, or of the branch that is being built.</summary>
    public void Output(string name, params string[] dimensions) => (_branch ?? _top).Outputs.Add(Info(name, ElementType.Float32, dimensions));

    /// <summary>Builds nodes as a graph of its own, which a condition may choose.</summary>
    public GraphProto Branch(string name, Action build)
    {
        (_branch, _prefix) = (new GraphProto { Name = name }, $"{name}_");
        _rounded.Clear();
        build();
        var built = _branch;
        (_branch, _prefix) = (null, string.Empty);
        _rounded.Clear();
        return built;
    }

    /// <summary>Adds a node.</summary>
    /// <param name="operation">The operator.</param>
    /// <param name="inputs">What it reads.</param>
    /// <param name="output">The name of what it makes; null for any.</param>
    /// <param name="attributes">What is fixed of the operator.</param>
    public string Node(string operation, string[] inputs, string? output = null, params AttributeProto[] attributes)
    {
        output ??= Name(operation);
        Add(_branch ?? _top, operation, inputs, [output], attributes);
        return output;
    }

    /// <summary>Adds a node that chooses one of two graphs.</summary>
    public void If(string condition, GraphProto then, GraphProto otherwise, string[] outputs)
        => Add(_top, "If", [condition], outputs, Of("then_branch", then), Of("else_branch", otherwise));

    /// <summary>A constant vector of whole numbers.</summary>
    public string Integers(params long[] values) => Constant($"i_{string.Join('_', values)}", new TensorShape(values.Length), values);

    /// <summary>A constant whole number.</summary>
    public string Integer(long value) => Constant(string.Create(CultureInfo.InvariantCulture, $"s_{value}"), new TensorShape(), [value]);

    /// <summary>A product with the weights of a name, plus its bias.</summary>
    public string Linear(string x, string name)
    {
        // The scale of queries is part of their product.
        var factor = name.EndsWith(".q", StringComparison.Ordinal) ? 1 / MathF.Sqrt(shape.HeadWidth) : 1;
        var bias = Array.ConvertAll(weights[$"{name}.bias"], value => value * factor);
        var product = Product(x, name, () => Array.ConvertAll(weights[$"{name}.weight"], value => value * factor), bias.Length);
        return Node("Add", [product, Constant($"{name}.bias", new TensorShape(bias.Length), bias)]);
    }

    /// <summary>The scores of all pieces.</summary>
    public string Scores(string x, string output)
    {
        var vectors = weights[ModelWeights.Vectors];
        string product;
        if (isSmall)
        {
            product = Product(x, "lm_head", () => Turned(vectors, shape.Vocabulary, shape.Width), shape.Vocabulary);
        }
        else
        {
            if (!_widened.TryGetValue("lm_head", out var turned)) _widened["lm_head"] = turned = AddToTop("Transpose", [Widened("shared.weight", new TensorShape(shape.Vocabulary, shape.Width), vectors)], AttributeProto.Of("perm", [1L, 0L]));
            product = Node("MatMul", [x, turned]);
        }

        return Node("Add", [product, Constant("final_logits_bias", new TensorShape(shape.Vocabulary), weights[ModelWeights.Bias])], output);
    }

    /// <summary>The vectors of pieces and places.</summary>
    /// <param name="ids">[batch, positions].</param>
    /// <param name="start">The place of the first; null for 0.</param>
    public string Embed(string ids, string? start = null)
    {
        var root = MathF.Sqrt(shape.Width);
        string vectors;
        if (isSmall)
        {
            var (values, scales) = EightBits.OfRows(weights[ModelWeights.Vectors], shape.Width);
            var table = Constant("shared.weight_q", new TensorShape(shape.Vocabulary, shape.Width), values);
            var scale = Constant("shared.scale", new TensorShape(shape.Vocabulary, 1), Array.ConvertAll(scales, value => value * root));
            vectors = Node("Mul", [ToFloat(Node("Gather", [table, ids])), Node("Gather", [scale, ids])]);
        }
        else
        {
            var table = Half("shared.weight", new TensorShape(shape.Vocabulary, shape.Width), weights[ModelWeights.Vectors]);
            vectors = Node("Mul", [ToFloat(Node("Gather", [table, ids])), Constant("embed_scale", new TensorShape(), [root])]);
        }

        // A range wants scalars.
        var first = start ?? Integer(0);
        var count = Node("Gather", [Node("Shape", [ids]), Integer(1)]);
        var range = Node("Range", [first, Node("Add", [first, count]), Integer(1)]);
        var places = Half("embed_positions", new TensorShape(MostPlaces, shape.Width), Sinusoids.Of(MostPlaces, shape.Width));
        return Node("Add", [vectors, ToFloat(Node("Gather", [places, range]))]);
    }

    /// <summary>The sum of what was and what a part made of it, normalised.</summary>
    public string Join(string before, string made, string name, string? output = null)
        => Node(
            "LayerNormalization",
            [Node("Add", [before, made]), Constant($"{name}.weight", new TensorShape(shape.Width), weights[$"{name}.weight"]), Constant($"{name}.bias", new TensorShape(shape.Width), weights[$"{name}.bias"])],
            output,
            AttributeProto.Of("axis", -1),
            AttributeProto.Of("epsilon", 1e-5f));

    /// <summary>[batch, positions, width] as [batch, heads, positions, head].</summary>
    public string Heads(string x, string? output = null)
        => Node("Transpose", [Node("Reshape", [x, Integers(0, 0, shape.Heads, shape.HeadWidth)])], output, AttributeProto.Of("perm", [0L, 2L, 1L, 3L]));

    /// <summary>What each position sees of a memory.</summary>
    public string Attend(string x, string name, string keys, string values, string? mask)
    {
        var scores = Node("MatMul", [Heads(Linear(x, $"{name}.q")), Node("Transpose", [keys], null, AttributeProto.Of("perm", [0L, 1L, 3L, 2L]))]);
        if (mask is not null) scores = Node("Add", [scores, mask]);
        var seen = Node("MatMul", [Node("Softmax", [scores], null, AttributeProto.Of("axis", -1)), values]);
        var joined = Node("Reshape", [Node("Transpose", [seen], null, AttributeProto.Of("perm", [0L, 2L, 1L, 3L])), Integers(0, 0, shape.Width)]);
        return Linear(joined, $"{name}.o");
    }

    /// <summary>The part of a layer that looks at one position only.</summary>
    public string FeedForward(string x, string name)
    {
        var inner = Linear(x, $"{name}.f1");
        return Linear(Node("Mul", [inner, Node("Sigmoid", [inner])]), $"{name}.f2");
    }

    /// <summary>What hides the padding of [batch, positions].</summary>
    public string PadMask(string mask)
    {
        var shown = ToFloat(Node("Unsqueeze", [mask, Integers(1, 2)]));
        return Node("Mul", [Node("Sub", [Constant("one", new TensorShape(), [1f]), shown]), Constant("hidden", new TensorShape(), [Hidden])]);
    }

    /// <summary>What hides the pieces after each position of [batch, positions].</summary>
    public string CausalMask(string ids)
    {
        var count = Node("Gather", [Node("Shape", [ids]), Integers(1)]);
        var full = Filled(Node("Concat", [count, count], null, AttributeProto.Of("axis", 0)), Hidden);
        return Node("Trilu", [full, Integer(1)], null, AttributeProto.Of("upper", 1));
    }

    /// <summary>A tensor of one number.</summary>
    public string Filled(string dimensions, float value, string? output = null)
        => Node("ConstantOfShape", [dimensions], output, new AttributeProto { Name = "value", Kind = AttributeKind.Tensor, TensorValue = TensorProto.Of("value", new TensorShape(1), [value]) });

    /// <summary>The file.</summary>
    public byte[] Build(string name)
    {
        _top.Name = name;
        return new ModelProto { IrVersion = IrVersion, ProducerName = "translation-training", Graph = _top, OperatorSets = { new OperatorSetProto { Version = OperatorSet } } }.ToBytes().ToArray();
    }

    private static AttributeProto Of(string name, GraphProto graph) => new() { Name = name, Kind = AttributeKind.Graph, GraphValue = graph };

    private static ValueInfoProto Info(string name, ElementType type, string[] dimensions)
    {
        var info = ValueInfoProto.Of(name, type, new TensorShape([.. dimensions.Select(_ => -1L)]));
        for (var i = 0; i < dimensions.Length; i++)
        {
            info.Tensor!.Shape!.Dimensions[i] = long.TryParse(dimensions[i], CultureInfo.InvariantCulture, out var size) ? new DimensionProto { Size = size } : new DimensionProto { Symbol = dimensions[i] };
        }

        return info;
    }

    private static float[] Turned(float[] matrix, int rows, int columns)
    {
        var turned = new float[matrix.Length];
        for (var row = 0; row < rows; row++)
        {
            for (var column = 0; column < columns; column++) turned[(column * rows) + row] = matrix[(row * columns) + column];
        }

        return turned;
    }

    private string Product(string x, string name, Func<float[]> matrix, int outputs)
    {
        if (!isSmall)
        {
            var values = matrix();
            return Node("MatMul", [x, Widened($"{name}.weight", new TensorShape(values.Length / outputs, outputs), values)]);
        }

        var (small, scales) = EightBits.OfColumns(matrix(), outputs);
        var weight = Constant($"{name}.weight_q", new TensorShape(small.Length / outputs, outputs), small);
        var scale = Constant($"{name}.scale", new TensorShape(outputs), scales);
        var input = Rounded(x);
        var product = ToFloat(Node("MatMulInteger", [input, weight, $"{input}_zero", Constant("zero", new TensorShape(), [(sbyte)0])]));
        return Node("Mul", [product, Node("Mul", [$"{input}_scale", scale])]);
    }

    private string Rounded(string x)
    {
        if (_rounded.TryGetValue(x, out var known)) return known;
        var output = Name("DynamicQuantizeLinear");
        Add(_branch ?? _top, "DynamicQuantizeLinear", [x], [output, $"{output}_scale", $"{output}_zero"]);
        return _rounded[x] = output;
    }

    private string ToFloat(string x) => Node("Cast", [x], null, AttributeProto.Of("to", (long)ElementType.Float32));

    // The cast lies in the outer graph, where ONNX Runtime does it once, when it loads the model.
    private string Widened(string name, TensorShape dimensions, float[] values)
    {
        var half = Half(name, dimensions, values);
        if (!_widened.TryGetValue(name, out var wide)) _widened[name] = wide = AddToTop("Cast", [half], AttributeProto.Of("to", (long)ElementType.Float32));
        return wide;
    }

    private string Half(string name, TensorShape dimensions, float[] values) => Constant(name, dimensions, Array.ConvertAll(values, value => (Half)value));

    private string Constant<T>(string name, TensorShape dimensions, T[] values)
        where T : unmanaged
    {
        if (_constants.Add(name)) _top.Initializers.Add(TensorProto.Of<T>(name, dimensions, values));
        return name;
    }

    private string AddToTop(string operation, string[] inputs, params AttributeProto[] attributes)
    {
        var output = string.Create(CultureInfo.InvariantCulture, $"top_{operation}_{_next++}");
        Add(_top, operation, inputs, [output], attributes);
        return output;
    }

    private static void Add(GraphProto graph, string operation, string[] inputs, string[] outputs, params AttributeProto[] attributes)
    {
        var node = new NodeProto { Operator = operation, Name = $"n_{outputs[0]}" };
        foreach (var input in inputs) node.Inputs.Add(input);
        foreach (var output in outputs) node.Outputs.Add(output);
        foreach (var attribute in attributes) node.Attributes.Add(attribute);
        graph.Nodes.Add(node);
    }

    private string Name(string operation) => string.Create(CultureInfo.InvariantCulture, $"{_prefix}{operation}_{_next++}");
}
