using EdgeHost.ModelTools.Protobuf;

namespace EdgeHost.ModelTools;

/// <summary>A value's type: a tensor, or something else that is kept as it is.</summary>
internal sealed class TypeProto : OnnxMessage
{
    public TensorTypeProto? Tensor { get; set; }

    internal override bool ReadField(ref ProtobufReader reader, ReadBudget budget)
    {
        if ((reader.Field, reader.Kind) != (1, ProtobufKind.Bytes)) return false;
        Tensor = Read<TensorTypeProto>(reader.ReadBytes(), budget);
        return true;
    }

    internal override void WriteFields(ProtobufWriter writer)
    {
        if (Tensor is not null) writer.Message(1, Tensor);
    }
}
