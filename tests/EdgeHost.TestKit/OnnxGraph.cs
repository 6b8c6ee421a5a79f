using System.Runtime.InteropServices;

namespace EdgeHost.TestKit;

/// <summary>Builds small ONNX graphs in code, so that tests need no binary files. Not thread-safe.</summary>
public sealed class OnnxGraph
{
    private const int IrVersion = 8;
    private const int OpsetVersion = 17;

    private readonly ProtobufWriter _graph = new();
    private int _nodes;

    public OnnxGraph Input(string name, ElementType type, params long[] dimensions) => ValueInfo(11, name, type, dimensions);

    public OnnxGraph Output(string name, ElementType type, params long[] dimensions) => ValueInfo(12, name, type, dimensions);

    /// <summary>Adds a constant.</summary>
    public OnnxGraph Initializer<T>(string name, long[] dimensions, params T[] content)
        where T : unmanaged
    {
        var tensor = new ProtobufWriter();
        foreach (var dimension in dimensions)
        {
            tensor.Integer(1, dimension);
        }

        tensor.Integer(2, (int)ElementTypes.Of<T>()).Text(8, name).Bytes(9, MemoryMarshal.AsBytes<T>(content));
        _graph.Message(5, tensor);
        return this;
    }

    /// <summary>Adds a node; names are separated by blanks, <c>-</c> leaves an optional input out.</summary>
    public OnnxGraph Node(string type, string inputs, string outputs, OnnxGraph? body = null)
    {
        var node = new ProtobufWriter();
        foreach (var input in inputs.Split(' ', StringSplitOptions.RemoveEmptyEntries))
        {
            node.Text(1, input == "-" ? string.Empty : input);
        }

        foreach (var output in outputs.Split(' ', StringSplitOptions.RemoveEmptyEntries))
        {
            node.Text(2, output);
        }

        node.Text(3, $"{type}_{_nodes++}").Text(4, type);
        if (body is not null)
        {
            node.Message(5, new ProtobufWriter().Text(1, "body").Message(6, body.Finish("body")).Integer(20, 5));
        }

        _graph.Message(1, node);
        return this;
    }

    /// <summary>The whole model as a file's content.</summary>
    public byte[] ToModel() => new ProtobufWriter()
        .Integer(1, IrVersion)
        .Text(2, "edgehost-tests")
        .Message(7, Finish("graph"))
        .Message(8, new ProtobufWriter().Text(1, string.Empty).Integer(2, OpsetVersion))
        .ToArray();

    /// <summary><c>y = x + b</c> over float32 [?, width].</summary>
    public static OnnxGraph Add(params float[] b) => new OnnxGraph()
        .Input("x", ElementType.Float32, -1, b.Length)
        .Output("y", ElementType.Float32, -1, b.Length)
        .Initializer("b", [b.Length], b)
        .Node("Add", "x b", "y");

    /// <summary><c>y = x · w</c> over float32 [?, size]; w is size × size with the given value everywhere.</summary>
    public static OnnxGraph MatMul(int size, float value)
    {
        var weights = new float[size * size];
        Array.Fill(weights, value);
        return new OnnxGraph()
            .Input("x", ElementType.Float32, -1, size)
            .Output("y", ElementType.Float32, -1, size)
            .Initializer("w", [size, size], weights)
            .Node("MatMul", "x w", "y");
    }

    /// <summary>Multiplies an identity matrix with itself as often as told: a run as long as a test wants, of short nodes.</summary>
    public static OnnxGraph Loop(int size, long iterations)
    {
        var identity = new float[size * size];
        for (var i = 0; i < size; i++)
        {
            identity[(i * size) + i] = 1;
        }

        var body = new OnnxGraph()
            .Input("i", ElementType.Int64)
            .Input("condition", ElementType.Bool)
            .Input("state", ElementType.Float32, size, size)
            .Output("condition_out", ElementType.Bool)
            .Output("state_out", ElementType.Float32, size, size)
            .Initializer("identity", [size, size], identity)
            .Node("Identity", "condition", "condition_out")
            .Node("MatMul", "state identity", "state_out");
        return new OnnxGraph()
            .Input("x", ElementType.Float32, size, size)
            .Output("y", ElementType.Float32, size, size)
            .Initializer("count", [], iterations)
            .Initializer("true", [], true)
            .Node("Loop", "count true x", "y", body);
    }

    private ProtobufWriter Finish(string name) => _graph.Text(2, name);

    private OnnxGraph ValueInfo(int field, string name, ElementType type, long[] dimensions)
    {
        var shape = new ProtobufWriter();
        foreach (var dimension in dimensions)
        {
            shape.Message(1, dimension < 0 ? new ProtobufWriter().Text(2, "n") : new ProtobufWriter().Integer(1, dimension));
        }

        var tensor = new ProtobufWriter().Integer(1, (int)type).Message(2, shape);
        _graph.Message(field, new ProtobufWriter().Text(1, name).Message(2, new ProtobufWriter().Message(1, tensor)));
        return this;
    }
}
