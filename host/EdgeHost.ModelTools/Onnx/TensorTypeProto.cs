using EdgeHost.ModelTools.Protobuf;

namespace EdgeHost.ModelTools;

/// <summary>A tensor's element type and shape. Not thread-safe.</summary>
public sealed class TensorTypeProto : OnnxMessage
{
    /// <summary>The element type.</summary>
    public ElementType Type { get; set; }

    /// <summary>The shape; null where not even the number of dimensions is known.</summary>
    public TensorShapeProto? Shape { get; set; }

    internal override bool ReadField(ref ProtobufReader reader, ReadBudget budget)
    {
        switch (reader.Field, reader.Kind)
        {
            case (1, ProtobufKind.Varint): Type = (ElementType)reader.ReadInteger(); return true;
            case (2, ProtobufKind.Bytes): Shape = Read<TensorShapeProto>(reader.ReadBytes(), budget); return true;
            default: return false;
        }
    }

    internal override void WriteFields(ProtobufWriter writer)
    {
        writer.Integer(1, (long)Type);
        if (Shape is not null) writer.Message(2, Shape);
    }
}
