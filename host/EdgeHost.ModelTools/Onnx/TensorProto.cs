using System.Runtime.InteropServices;
using EdgeHost.ModelTools.Protobuf;

namespace EdgeHost.ModelTools;

/// <summary>A constant tensor. Its values are views of the file it was read from until it is given others. Not thread-safe.</summary>
public sealed class TensorProto : OnnxMessage
{
    /// <summary>The tensor's name.</summary>
    public string Name { get; set; } = string.Empty;

    /// <summary>The element type. A number that <see cref="EdgeHost.ElementType"/> does not name is kept.</summary>
    public ElementType Type { get; set; }

    /// <summary>The dimensions, outermost first; none for a scalar.</summary>
    public IList<long> Dimensions { get; } = [];

    /// <summary>The values as little-endian bytes; empty where they lie in a file beside the model, in typed fields, or are none.</summary>
    public ReadOnlyMemory<byte> RawData { get; set; }

    /// <summary>Where the values lie in a file beside the model: <c>location</c>, <c>offset</c>, <c>length</c>; empty where they do not.</summary>
    public IList<NameAndText> ExternalData { get; } = [];

    private long DataLocation { get; set; }

    // Values in float_data and int64_data, which older writers use. Those of other types are kept as unknown fields.
    private List<float> FloatData { get; } = [];

    private List<long> IntegerData { get; } = [];

    /// <summary>A tensor of the given values.</summary>
    /// <param name="name">Its name.</param>
    /// <param name="shape">Its shape, without unknown dimensions.</param>
    /// <param name="values">As many as the shape has elements; copied.</param>
    /// <exception cref="EdgeHostException"><see cref="ErrorCode.InvalidArgument"/>: another number of values than the shape has.</exception>
    public static TensorProto Of<T>(string name, TensorShape shape, ReadOnlySpan<T> values)
        where T : unmanaged
    {
        if (shape.ElementCount != values.Length)
        {
            throw new EdgeHostException(ErrorCode.InvalidArgument, $"The tensor '{name}' of {shape} was given {values.Length} values.");
        }

        var tensor = new TensorProto { Name = name, Type = ElementTypes.Of<T>(), RawData = MemoryMarshal.AsBytes(values).ToArray() };
        foreach (var dimension in shape.Dimensions) tensor.Dimensions.Add(dimension);
        return tensor;
    }

    /// <summary>Reads a tensor that is a file by itself, as in ONNX's test data. It stays a view of <paramref name="file"/>, which must not change.</summary>
    /// <param name="file">The whole content of the file.</param>
    /// <exception cref="EdgeHostException"><see cref="ErrorCode.InvalidArgument"/>: it is damaged, or no tensor.</exception>
    public static TensorProto Parse(ReadOnlyMemory<byte> file) => Read<TensorProto>(file, new ReadBudget(ModelLimits.Default));

    /// <summary>The content of a file of this tensor, in a buffer of its own.</summary>
    public ReadOnlyMemory<byte> ToBytes()
    {
        var writer = new ProtobufWriter();
        Write(writer);
        return writer.Written;
    }

    /// <summary>The values, in an array of their own.</summary>
    /// <typeparam name="T">The type that <see cref="Type"/> names.</typeparam>
    /// <exception cref="EdgeHostException">
    /// <see cref="ErrorCode.InvalidArgument"/>: another type, or more or fewer values than the dimensions say;
    /// <see cref="ErrorCode.FailedPrecondition"/>: the values lie in a file beside the model.
    /// </exception>
    public T[] ToArray<T>()
        where T : unmanaged
    {
        if (ElementTypes.Of<T>() != Type) throw Wrong($"holds {Type}, not {ElementTypes.Of<T>()}");
        if (DataLocation != 0) throw new EdgeHostException(ErrorCode.FailedPrecondition, $"The values of '{Name}' lie in a file beside the model; read them from there.");
        var values = FloatData.Count > 0 && typeof(T) == typeof(float) ? MemoryMarshal.Cast<float, T>(CollectionsMarshal.AsSpan(FloatData))
            : IntegerData.Count > 0 && typeof(T) == typeof(long) ? MemoryMarshal.Cast<long, T>(CollectionsMarshal.AsSpan(IntegerData))
            : MemoryMarshal.Cast<byte, T>(RawData.Span);
        return values.Length == CountElements() ? values.ToArray() : throw Wrong($"holds {values.Length} values");
    }

    internal override bool ReadField(ref ProtobufReader reader, ReadBudget budget)
    {
        switch (reader.Field, reader.Kind)
        {
            case (1, ProtobufKind.Varint or ProtobufKind.Bytes): reader.ReadIntegers(Dimensions); return true;
            case (2, ProtobufKind.Varint): Type = (ElementType)reader.ReadInteger(); return true;
            case (4, ProtobufKind.Fixed32 or ProtobufKind.Bytes): reader.ReadFloats(FloatData); return true;
            case (7, ProtobufKind.Varint or ProtobufKind.Bytes): reader.ReadIntegers(IntegerData); return true;
            case (8, ProtobufKind.Bytes): Name = reader.ReadText(); return true;
            case (9, ProtobufKind.Bytes): RawData = reader.ReadBytes(); return true;
            case (13, ProtobufKind.Bytes): ExternalData.Add(Read<NameAndText>(reader.ReadBytes(), budget)); return true;
            case (14, ProtobufKind.Varint): DataLocation = reader.ReadInteger(); return true;
            default: return false;
        }
    }

    internal override void WriteFields(ProtobufWriter writer)
    {
        foreach (var dimension in Dimensions) writer.Integer(1, dimension);
        writer.Integer(2, (long)Type);
        foreach (var value in FloatData) writer.Float(4, value);
        foreach (var value in IntegerData) writer.Integer(7, value);
        writer.OptionalText(8, Name);
        if (!RawData.IsEmpty) writer.Bytes(9, RawData.Span);
        writer.Messages(13, ExternalData);
        writer.OptionalInteger(14, DataLocation);
    }

    private long CountElements()
    {
        try
        {
            return Dimensions.Aggregate(1L, (count, dimension) => dimension < 0 ? throw Wrong("has a negative dimension") : checked(count * dimension));
        }
        catch (OverflowException)
        {
            throw Wrong("has more elements than a number holds");
        }
    }

    private EdgeHostException Wrong(string problem)
        => new(ErrorCode.InvalidArgument, $"The tensor '{Name}' of [{string.Join(',', Dimensions)}] {problem}.");
}
