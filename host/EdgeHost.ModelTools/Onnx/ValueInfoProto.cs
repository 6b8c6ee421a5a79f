using EdgeHost.ModelTools.Protobuf;

namespace EdgeHost.ModelTools;

/// <summary>A value's name and type: an input, an output, or one between. Not thread-safe.</summary>
public sealed class ValueInfoProto : OnnxMessage
{
    /// <summary>The value's name.</summary>
    public string Name { get; set; } = string.Empty;

    /// <summary>Its type if it is a tensor; null where it is not or is not said. Other types are kept as they are.</summary>
    public TensorTypeProto? Tensor => Type?.Tensor;

    private TypeProto? Type { get; set; }

    /// <summary>A tensor's name and type.</summary>
    /// <param name="name">The name.</param>
    /// <param name="type">Its elements.</param>
    /// <param name="shape">Its shape; an unknown dimension is given the name <c>n</c> followed by its index.</param>
    public static ValueInfoProto Of(string name, ElementType type, TensorShape shape)
    {
        var tensor = new TensorTypeProto { Type = type, Shape = new TensorShapeProto() };
        for (var i = 0; i < shape.Rank; i++)
        {
            tensor.Shape.Dimensions.Add(shape[i] < 0 ? new DimensionProto { Symbol = $"n{i}" } : new DimensionProto { Size = shape[i] });
        }

        return new ValueInfoProto { Name = name, Type = new TypeProto { Tensor = tensor } };
    }

    internal override bool ReadField(ref ProtobufReader reader, ReadBudget budget)
    {
        switch (reader.Field, reader.Kind)
        {
            case (1, ProtobufKind.Bytes): Name = reader.ReadText(); return true;
            case (2, ProtobufKind.Bytes): Type = Read<TypeProto>(reader.ReadBytes(), budget); return true;
            default: return false;
        }
    }

    internal override void WriteFields(ProtobufWriter writer)
    {
        writer.Text(1, Name);
        if (Type is not null) writer.Message(2, Type);
    }
}
