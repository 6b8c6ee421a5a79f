using EdgeHost.ModelTools.Protobuf;

namespace EdgeHost.ModelTools;

/// <summary>A dimension: a size, or a name where it is open. Not thread-safe.</summary>
public sealed class DimensionProto : OnnxMessage
{
    /// <summary>The size; null where it is open.</summary>
    public long? Size { get; set; }

    /// <summary>The name of an open dimension; empty where it has none.</summary>
    public string Symbol { get; set; } = string.Empty;

    internal override bool ReadField(ref ProtobufReader reader, ReadBudget budget)
    {
        switch (reader.Field, reader.Kind)
        {
            case (1, ProtobufKind.Varint): Size = reader.ReadInteger(); return true;
            case (2, ProtobufKind.Bytes): Symbol = reader.ReadText(); return true;
            default: return false;
        }
    }

    internal override void WriteFields(ProtobufWriter writer)
    {
        if (Size is { } size) writer.Integer(1, size);
        writer.OptionalText(2, Symbol);
    }
}
