using EdgeHost.ModelTools.Protobuf;

namespace EdgeHost.ModelTools;

/// <summary>An operator set that a model uses. Not thread-safe.</summary>
public sealed class OperatorSetProto : OnnxMessage
{
    /// <summary>Whose operators; empty for ONNX's own.</summary>
    public string Domain { get; set; } = string.Empty;

    /// <summary>Their version, from 1.</summary>
    public long Version { get; set; }

    internal override bool ReadField(ref ProtobufReader reader, ReadBudget budget)
    {
        switch (reader.Field, reader.Kind)
        {
            case (1, ProtobufKind.Bytes): Domain = reader.ReadText(); return true;
            case (2, ProtobufKind.Varint): Version = reader.ReadInteger(); return true;
            default: return false;
        }
    }

    internal override void WriteFields(ProtobufWriter writer)
    {
        writer.Text(1, Domain);
        writer.Integer(2, Version);
    }
}
