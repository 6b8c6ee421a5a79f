using System.Buffers.Binary;
using System.Text;

namespace EdgeHost.Runtime.Onnx.SelfTest;

/// <summary>
/// The graph of the self-test: <c>y = x · w + b</c> over float32, x [1,4], w [4,4], b [4]. Small whole numbers, so that devices of half precision get them
/// exactly right too.
/// </summary>
internal static class SelfTestGraph
{
    /// <summary>Columns and rows.</summary>
    public const int Size = 4;

    private const int Float32 = 1;

    /// <summary>What goes in.</summary>
    public static float[] Input => [1, 2, 3, 4];

    /// <summary>What must come out.</summary>
    public static float[] Expected
    {
        get
        {
            var result = Offsets();
            var weights = Weights();
            for (var i = 0; i < Size * Size; i++)
            {
                result[i % Size] += Input[i / Size] * weights[i];
            }

            return result;
        }
    }

    /// <summary>The model as a file's content: protobuf messages as onnx.proto numbers their fields.</summary>
    public static byte[] Build()
    {
        var graph = new Message()
            .Add(1, Node("MatMul", "x", "w", "xw"))
            .Add(1, Node("Add", "xw", "b", "y"))
            .Add(2, "self-test")
            .Add(5, Tensor("w", Weights(), Size, Size))
            .Add(5, Tensor("b", Offsets(), Size))
            .Add(11, Value("x"))
            .Add(12, Value("y"));
        return new Message().Add(1, 8).Add(2, "edgehost").Add(7, graph).Add(8, new Message().Add(1, string.Empty).Add(2, 17)).ToArray();
    }

    private static float[] Weights() => [.. Enumerable.Range(0, Size * Size).Select(static i => (float)((i % 5) - 2))];

    private static float[] Offsets() => [10, 20, 30, 40];

    private static Message Node(string type, string first, string second, string output)
        => new Message().Add(1, first).Add(1, second).Add(2, output).Add(3, type.ToLowerInvariant()).Add(4, type);

    private static Message Tensor(string name, float[] content, params ReadOnlySpan<int> dimensions)
    {
        var tensor = new Message();
        foreach (var dimension in dimensions)
        {
            tensor.Add(1, dimension);
        }

        var bytes = new byte[content.Length * sizeof(float)];
        for (var i = 0; i < content.Length; i++)
        {
            BinaryPrimitives.WriteSingleLittleEndian(bytes.AsSpan(i * sizeof(float)), content[i]);
        }

        return tensor.Add(2, Float32).Add(8, name).Add(9, bytes);
    }

    private static Message Value(string name)
    {
        var shape = new Message().Add(1, new Message().Add(1, 1)).Add(1, new Message().Add(1, Size));
        return new Message().Add(1, name).Add(2, new Message().Add(1, new Message().Add(1, Float32).Add(2, shape)));
    }

    /// <summary>A protobuf message under construction; every number and length here is small.</summary>
    private sealed class Message
    {
        private readonly List<byte> _content = [];

        public Message Add(int field, int value)
        {
            Write((uint)(field << 3));
            Write((uint)value);
            return this;
        }

        public Message Add(int field, string text) => Add(field, Encoding.UTF8.GetBytes(text));

        public Message Add(int field, Message message) => Add(field, message.ToArray());

        public Message Add(int field, ReadOnlySpan<byte> bytes)
        {
            Write((uint)((field << 3) | 2));
            Write((uint)bytes.Length);
            _content.AddRange(bytes);
            return this;
        }

        public byte[] ToArray() => [.. _content];

        private void Write(uint value)
        {
            for (; value >= 0x80; value >>= 7)
            {
                _content.Add((byte)(value | 0x80));
            }

            _content.Add((byte)value);
        }
    }
}
