using System.Runtime.InteropServices;
using EdgeHost.ModelTools.Graphs;
using EdgeHost.ModelTools.Protobuf;

namespace EdgeHost.ModelTools.Tests;

/// <summary>Models to read and write.</summary>
internal static class SampleModels
{
    public static ModelProto Linear()
    {
        var builder = new GraphBuilder { Scope = "hidden" };
        var x = builder.Input("x", ElementType.Float32, new TensorShape(-1, 2));
        var w = builder.Initializer<float>("w", new TensorShape(2, 3), [1, 2, 3, 4, 5, 6]);
        var product = builder.Node("MatMul", new TensorShape(-1, 3), [x, w]);
        var mean = builder.Node("ReduceMean", new TensorShape(-1, 1), [product, builder.Constant(-1)], null, AttributeProto.Of("keepdims", 1));
        builder.Output(builder.Node("Mul", new TensorShape(-1, 1), [mean, builder.Constant(0.5f)]), "y");
        var model = builder.Build();
        model.Metadata.Add(new NameAndText { Name = "task", Text = "test" });
        return model;
    }

    /// <summary>A model in which every level has a field that no version of ONNX knows.</summary>
    public static byte[] WithUnknownFields()
    {
        var node = new Fields().Text(1, "x").Text(2, "y").Text(4, "Identity").Text(900, "node's own");
        var graph = new Fields().Nested(1, node).Text(2, "g").Integer(901, 77);
        return new Fields().Integer(1, 8).Nested(7, graph).Nested(8, new Fields().Text(1, string.Empty).Integer(2, 18)).Fixed(902, 1.5f).ToArray();
    }

    /// <summary>Bare fields, as another program would write them.</summary>
    public sealed class Fields
    {
        private readonly ProtobufWriter _writer = new();

        public Fields Text(int field, string value)
        {
            _writer.Text(field, value);
            return this;
        }

        public Fields Integer(int field, long value)
        {
            _writer.Integer(field, value);
            return this;
        }

        public Fields Fixed(int field, float value)
        {
            _writer.Float(field, value);
            return this;
        }

        public Fields Nested(int field, Fields value)
        {
            _writer.Bytes(field, value._writer.Written.Span);
            return this;
        }

        /// <summary>Numbers without a tag, as they stand in a packed field.</summary>
        public Fields Raw(params float[] values)
        {
            _writer.Raw(MemoryMarshal.AsBytes<float>(values));
            return this;
        }

        public byte[] ToArray() => _writer.Written.ToArray();
    }
}
