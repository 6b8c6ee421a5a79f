using EdgeHost.ModelTools.Protobuf;

namespace EdgeHost.ModelTools;

/// <summary>One use of an operator. Not thread-safe.</summary>
public sealed class NodeProto : OnnxMessage
{
    /// <summary>The node's own name; empty if it has none.</summary>
    public string Name { get; set; } = string.Empty;

    /// <summary>The operator, for example <c>MatMul</c>.</summary>
    public string Operator { get; set; } = string.Empty;

    /// <summary>Whose operator; empty for ONNX's own.</summary>
    public string Domain { get; set; } = string.Empty;

    /// <summary>Names of the values it reads; an empty one is an optional input left out.</summary>
    public IList<string> Inputs { get; } = [];

    /// <summary>Names of the values it makes; an empty one is not wanted.</summary>
    public IList<string> Outputs { get; } = [];

    /// <summary>What is fixed of the operator.</summary>
    public IList<AttributeProto> Attributes { get; } = [];

    internal override bool ReadField(ref ProtobufReader reader, ReadBudget budget)
    {
        if (reader.Kind != ProtobufKind.Bytes) return false;
        switch (reader.Field)
        {
            case 1: Inputs.Add(reader.ReadText()); return true;
            case 2: Outputs.Add(reader.ReadText()); return true;
            case 3: Name = reader.ReadText(); return true;
            case 4: Operator = reader.ReadText(); return true;
            case 5: Attributes.Add(Read<AttributeProto>(reader.ReadBytes(), budget)); return true;
            case 7: Domain = reader.ReadText(); return true;
            default: return false;
        }
    }

    internal override void WriteFields(ProtobufWriter writer)
    {
        foreach (var input in Inputs) writer.Text(1, input);
        foreach (var output in Outputs) writer.Text(2, output);
        writer.OptionalText(3, Name);
        writer.Text(4, Operator);
        writer.Messages(5, Attributes);
        writer.OptionalText(7, Domain);
    }
}
