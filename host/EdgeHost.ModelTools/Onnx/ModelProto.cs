using EdgeHost.ModelTools.Protobuf;

namespace EdgeHost.ModelTools;

/// <summary>A model: a graph and the operator sets that it speaks. Not thread-safe.</summary>
public sealed class ModelProto : OnnxMessage
{
    /// <summary>Version of the file format; 8 for what this library writes.</summary>
    public long IrVersion { get; set; }

    /// <summary>The program that wrote the model; empty if not said.</summary>
    public string ProducerName { get; set; } = string.Empty;

    /// <summary>That program's version; empty if not said.</summary>
    public string ProducerVersion { get; set; } = string.Empty;

    /// <summary>The graph, or null in a message that is no whole model.</summary>
    public GraphProto? Graph { get; set; }

    /// <summary>The operator sets, at least one in a valid model.</summary>
    public IList<OperatorSetProto> OperatorSets { get; } = [];

    /// <summary>Free names and texts.</summary>
    public IList<NameAndText> Metadata { get; } = [];

    /// <summary>Reads a model. Tensors stay views of <paramref name="file"/>, which must not change while the model is used.</summary>
    /// <param name="file">The whole content of the file.</param>
    /// <param name="limits">What it may have at most; null for the defaults.</param>
    /// <exception cref="EdgeHostException"><see cref="ErrorCode.InvalidArgument"/>: it is no model, damaged, or over a limit.</exception>
    public static ModelProto Parse(ReadOnlyMemory<byte> file, ModelLimits? limits = null)
    {
        var model = Read<ModelProto>(file, new ReadBudget(limits ?? ModelLimits.Default));
        if (model.Graph is null || model.OperatorSets.Count == 0)
        {
            throw new EdgeHostException(ErrorCode.InvalidArgument, $"This is not an ONNX model: it has no {(model.Graph is null ? "graph" : "operator set")}.");
        }

        return model;
    }

    /// <summary>The content of a file of this model, in a buffer of its own that the caller may keep.</summary>
    /// <exception cref="EdgeHostException"><see cref="ErrorCode.InvalidArgument"/>: it would have more than 2 GiB.</exception>
    public ReadOnlyMemory<byte> ToBytes()
    {
        var writer = new ProtobufWriter();
        Write(writer);
        return writer.Written;
    }

    internal override bool ReadField(ref ProtobufReader reader, ReadBudget budget)
    {
        switch (reader.Field, reader.Kind)
        {
            case (1, ProtobufKind.Varint): IrVersion = reader.ReadInteger(); return true;
            case (2, ProtobufKind.Bytes): ProducerName = reader.ReadText(); return true;
            case (3, ProtobufKind.Bytes): ProducerVersion = reader.ReadText(); return true;
            case (7, ProtobufKind.Bytes): Graph = Read<GraphProto>(reader.ReadBytes(), budget); return true;
            case (8, ProtobufKind.Bytes): OperatorSets.Add(Read<OperatorSetProto>(reader.ReadBytes(), budget)); return true;
            case (14, ProtobufKind.Bytes): Metadata.Add(Read<NameAndText>(reader.ReadBytes(), budget)); return true;
            default: return false;
        }
    }

    internal override void WriteFields(ProtobufWriter writer)
    {
        writer.OptionalInteger(1, IrVersion);
        writer.OptionalText(2, ProducerName);
        writer.OptionalText(3, ProducerVersion);
        if (Graph is not null) writer.Message(7, Graph);
        writer.Messages(8, OperatorSets);
        writer.Messages(14, Metadata);
    }
}
