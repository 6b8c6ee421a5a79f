using EdgeHost.ModelTools.Protobuf;

namespace EdgeHost.ModelTools;

/// <summary>A graph: nodes in an order in which they can run, the constants they use, what goes in and comes out. Not thread-safe.</summary>
public sealed class GraphProto : OnnxMessage
{
    /// <summary>The graph's name; empty if it has none.</summary>
    public string Name { get; set; } = string.Empty;

    /// <summary>The nodes; each after those whose outputs it reads.</summary>
    public IList<NodeProto> Nodes { get; } = [];

    /// <summary>The constants, by their names.</summary>
    public IList<TensorProto> Initializers { get; } = [];

    /// <summary>What goes in. Models before format version 4 list their constants here too.</summary>
    public IList<ValueInfoProto> Inputs { get; } = [];

    /// <summary>What comes out.</summary>
    public IList<ValueInfoProto> Outputs { get; } = [];

    /// <summary>Types and shapes of values between, where the writer gave them.</summary>
    public IList<ValueInfoProto> Values { get; } = [];

    internal override bool ReadField(ref ProtobufReader reader, ReadBudget budget)
    {
        if (reader.Kind != ProtobufKind.Bytes) return false;
        switch (reader.Field)
        {
            case 1: Nodes.Add(Read<NodeProto>(reader.ReadBytes(), budget)); return true;
            case 2: Name = reader.ReadText(); return true;
            case 5: Initializers.Add(Read<TensorProto>(reader.ReadBytes(), budget)); return true;
            case 11: Inputs.Add(Read<ValueInfoProto>(reader.ReadBytes(), budget)); return true;
            case 12: Outputs.Add(Read<ValueInfoProto>(reader.ReadBytes(), budget)); return true;
            case 13: Values.Add(Read<ValueInfoProto>(reader.ReadBytes(), budget)); return true;
            default: return false;
        }
    }

    internal override void WriteFields(ProtobufWriter writer)
    {
        writer.Messages(1, Nodes);
        writer.OptionalText(2, Name);
        writer.Messages(5, Initializers);
        writer.Messages(11, Inputs);
        writer.Messages(12, Outputs);
        writer.Messages(13, Values);
    }
}
