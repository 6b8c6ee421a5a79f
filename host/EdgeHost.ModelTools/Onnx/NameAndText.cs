using EdgeHost.ModelTools.Protobuf;

namespace EdgeHost.ModelTools;

/// <summary>A name with a text: metadata of a model, or where a tensor's values lie. Not thread-safe.</summary>
public sealed class NameAndText : OnnxMessage
{
    /// <summary>The name.</summary>
    public string Name { get; set; } = string.Empty;

    /// <summary>The text.</summary>
    public string Text { get; set; } = string.Empty;

    internal override bool ReadField(ref ProtobufReader reader, ReadBudget budget)
    {
        switch (reader.Field, reader.Kind)
        {
            case (1, ProtobufKind.Bytes): Name = reader.ReadText(); return true;
            case (2, ProtobufKind.Bytes): Text = reader.ReadText(); return true;
            default: return false;
        }
    }

    internal override void WriteFields(ProtobufWriter writer)
    {
        writer.Text(1, Name);
        writer.Text(2, Text);
    }
}
