using EdgeHost.ModelTools.Protobuf;

namespace EdgeHost.ModelTools;

/// <summary>A shape of which some dimensions may be open. Not thread-safe.</summary>
public sealed class TensorShapeProto : OnnxMessage
{
    /// <summary>The dimensions, outermost first.</summary>
    public IList<DimensionProto> Dimensions { get; } = [];

    internal override bool ReadField(ref ProtobufReader reader, ReadBudget budget)
    {
        if ((reader.Field, reader.Kind) != (1, ProtobufKind.Bytes)) return false;
        Dimensions.Add(Read<DimensionProto>(reader.ReadBytes(), budget));
        return true;
    }

    internal override void WriteFields(ProtobufWriter writer) => writer.Messages(1, Dimensions);
}
