using System.Text;
using EdgeHost.ModelTools.Protobuf;

namespace EdgeHost.ModelTools;

/// <summary>An attribute of a node. Kinds that this library has no property for (tensors, graphs, texts) are kept as they are. Not thread-safe.</summary>
public sealed class AttributeProto : OnnxMessage
{
    /// <summary>The attribute's name, for example <c>axis</c>.</summary>
    public string Name { get; set; } = string.Empty;

    /// <summary>Which of the values below counts.</summary>
    public AttributeKind Kind { get; set; }

    /// <summary>The value of <see cref="AttributeKind.Float"/>.</summary>
    public float FloatValue { get; set; }

    /// <summary>The value of <see cref="AttributeKind.Integer"/>.</summary>
    public long IntegerValue { get; set; }

    /// <summary>The value of <see cref="AttributeKind.Text"/>.</summary>
    public ReadOnlyMemory<byte> TextValue { get; set; }

    /// <summary>The value of <see cref="AttributeKind.Tensor"/>, or null.</summary>
    public TensorProto? TensorValue { get; set; }

    /// <summary>The value of <see cref="AttributeKind.Graph"/>, or null.</summary>
    public GraphProto? GraphValue { get; set; }

    /// <summary>The values of <see cref="AttributeKind.Floats"/>.</summary>
    public IList<float> FloatValues { get; } = [];

    /// <summary>The values of <see cref="AttributeKind.Integers"/>.</summary>
    public IList<long> IntegerValues { get; } = [];

    /// <summary>An attribute of a whole number.</summary>
    public static AttributeProto Of(string name, long value) => new() { Name = name, Kind = AttributeKind.Integer, IntegerValue = value };

    /// <summary>An attribute of a number with fraction.</summary>
    public static AttributeProto Of(string name, float value) => new() { Name = name, Kind = AttributeKind.Float, FloatValue = value };

    /// <summary>An attribute of a text.</summary>
    public static AttributeProto Of(string name, string value) => new() { Name = name, Kind = AttributeKind.Text, TextValue = Encoding.UTF8.GetBytes(value) };

    /// <summary>An attribute of whole numbers.</summary>
    public static AttributeProto Of(string name, ReadOnlySpan<long> values)
    {
        var attribute = new AttributeProto { Name = name, Kind = AttributeKind.Integers };
        foreach (var value in values) attribute.IntegerValues.Add(value);
        return attribute;
    }

    internal override bool ReadField(ref ProtobufReader reader, ReadBudget budget)
    {
        switch (reader.Field, reader.Kind)
        {
            case (1, ProtobufKind.Bytes): Name = reader.ReadText(); return true;
            case (2, ProtobufKind.Fixed32): FloatValue = reader.ReadFloat(); return true;
            case (3, ProtobufKind.Varint): IntegerValue = reader.ReadInteger(); return true;
            case (4, ProtobufKind.Bytes): TextValue = reader.ReadBytes(); return true;
            case (5, ProtobufKind.Bytes): TensorValue = Read<TensorProto>(reader.ReadBytes(), budget); return true;
            case (6, ProtobufKind.Bytes): GraphValue = Read<GraphProto>(reader.ReadBytes(), budget); return true;
            case (7, ProtobufKind.Fixed32 or ProtobufKind.Bytes): reader.ReadFloats(FloatValues); return true;
            case (8, ProtobufKind.Varint or ProtobufKind.Bytes): reader.ReadIntegers(IntegerValues); return true;
            case (20, ProtobufKind.Varint): Kind = (AttributeKind)reader.ReadInteger(); return true;
            default: return false;
        }
    }

    internal override void WriteFields(ProtobufWriter writer)
    {
        writer.Text(1, Name);
        if (Kind == AttributeKind.Float || FloatValue != 0) writer.Float(2, FloatValue);
        if (Kind == AttributeKind.Integer || IntegerValue != 0) writer.Integer(3, IntegerValue);
        if (Kind == AttributeKind.Text || !TextValue.IsEmpty) writer.Bytes(4, TextValue.Span);
        if (TensorValue is not null) writer.Message(5, TensorValue);
        if (GraphValue is not null) writer.Message(6, GraphValue);
        foreach (var value in FloatValues) writer.Float(7, value);
        foreach (var value in IntegerValues) writer.Integer(8, value);
        writer.OptionalInteger(20, (long)Kind);
    }
}
