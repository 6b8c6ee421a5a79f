using EdgeHost.ModelTools.Protobuf;

namespace EdgeHost.ModelTools;

/// <summary>
/// A part of a model. Fields that this library does not know are kept and written again, after the known ones. Not thread-safe.
/// </summary>
public abstract class OnnxMessage
{
    private List<ReadOnlyMemory<byte>>? _unknown;

    private protected OnnxMessage()
    {
    }

    internal static T Read<T>(ReadOnlyMemory<byte> bytes, ReadBudget budget)
        where T : OnnxMessage, new()
    {
        budget.Enter();
        var message = new T();
        var reader = new ProtobufReader(bytes);
        while (reader.NextField())
        {
            if (!message.ReadField(ref reader, budget)) (message._unknown ??= []).Add(reader.SkipField());
        }

        budget.Leave();
        return message;
    }

    internal void Write(ProtobufWriter writer)
    {
        WriteFields(writer);
        foreach (var field in _unknown ?? []) writer.Raw(field.Span);
    }

    /// <summary>Reads the field that the reader is at; false, with nothing read, where it is not known.</summary>
    internal abstract bool ReadField(ref ProtobufReader reader, ReadBudget budget);

    /// <summary>Writes the known fields.</summary>
    internal abstract void WriteFields(ProtobufWriter writer);
}
