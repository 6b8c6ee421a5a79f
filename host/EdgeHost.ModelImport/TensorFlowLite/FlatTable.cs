using System.Buffers.Binary;
using System.Text;
using EdgeHost.ModelImport.Values;

namespace EdgeHost.ModelImport.TensorFlowLite;

/// <summary>
/// A table of a FlatBuffers file: its fields by their numbers, each of which may be missing. Every offset is compared with the file's length before anything is read there.
/// Immutable.
/// </summary>
internal readonly struct FlatTable
{
    private readonly ReadOnlyMemory<byte> _file;
    private readonly int _position;
    private readonly int _fields;
    private readonly int _fieldsLength;

    private FlatTable(ReadOnlyMemory<byte> file, long position)
    {
        _file = file;
        _position = At(position, sizeof(int));
        _fields = At((long)_position - Number(_position), 2 * sizeof(ushort));
        _fieldsLength = BinaryPrimitives.ReadUInt16LittleEndian(Span(_fields, sizeof(ushort)));
        _ = At(_fields, _fieldsLength);
    }

    /// <summary>Whether there is a table at all; the fields of one that is not are all missing.</summary>
    public bool IsThere => _fieldsLength > 0;

    /// <summary>The table at the root of a file.</summary>
    public static FlatTable Root(ReadOnlyMemory<byte> file)
    {
        if (file.Length < 2 * sizeof(int)) throw Damaged();
        return new FlatTable(file, BinaryPrimitives.ReadUInt32LittleEndian(file.Span));
    }

    public byte Byte(int field, byte absent = 0) => Find(field, 1) is { } place ? Span(place, 1)[0] : absent;

    public bool Flag(int field) => Byte(field) != 0;

    public int Integer(int field, int absent = 0) => Find(field, sizeof(int)) is { } place ? Number(place) : absent;

    public float Float(int field, float absent = 0) => Find(field, sizeof(float)) is { } place ? BinaryPrimitives.ReadSingleLittleEndian(Span(place, sizeof(float))) : absent;

    public FlatTable Table(int field) => Find(field, sizeof(int)) is { } place ? new FlatTable(_file, Follow(place)) : default;

    public string Text(int field) => Encoding.UTF8.GetString(Bytes(field).Span);

    /// <summary>A vector of bytes, a view of the file.</summary>
    public ReadOnlyMemory<byte> Bytes(int field) => Vector(field, 1, out _) is { } start ? _file.Slice(start, Length(start)) : default;

    public int[] Integers(int field) => Vector(field, sizeof(int), out var count) is { } start ? Each(start, count, sizeof(int), BinaryPrimitives.ReadInt32LittleEndian) : [];

    public long[] Longs(int field) => Vector(field, sizeof(long), out var count) is { } start ? Each(start, count, sizeof(long), BinaryPrimitives.ReadInt64LittleEndian) : [];

    public float[] Floats(int field) => Vector(field, sizeof(float), out var count) is { } start ? Each(start, count, sizeof(float), BinaryPrimitives.ReadSingleLittleEndian) : [];

    /// <summary>A vector of tables.</summary>
    public FlatTable[] Tables(int field)
    {
        if (Vector(field, sizeof(int), out var count) is not { } start) return [];
        var tables = new FlatTable[count];
        for (var i = 0; i < count; i++) tables[i] = new FlatTable(_file, Follow(start + (i * sizeof(int))));
        return tables;
    }

    private delegate T Reader<T>(ReadOnlySpan<byte> bytes);

    private static EdgeHostException Damaged() => ImportProblem.Damaged("it is no TensorFlow Lite file, or it ends too early");

    private T[] Each<T>(int start, int count, int size, Reader<T> read)
    {
        // The file holds as many bytes as are allocated here.
        var values = new T[count];
        for (var i = 0; i < count; i++) values[i] = read(Span(start + (i * size), size));
        return values;
    }

    private int? Vector(int field, int size, out int count)
    {
        count = 0;
        if (Find(field, sizeof(int)) is not { } place) return null;
        var start = At(Follow(place), sizeof(int)) + sizeof(int);
        count = Length(start);
        if (count < 0 || count > (_file.Length - start) / size) throw Damaged();
        return start;
    }

    private int Length(int start) => Number(start - sizeof(int));

    private int? Find(int field, int size)
    {
        var entry = (2 + field) * sizeof(ushort);
        if (entry + sizeof(ushort) > _fieldsLength) return null;
        var offset = BinaryPrimitives.ReadUInt16LittleEndian(Span(_fields + entry, sizeof(ushort)));
        return offset == 0 ? null : At((long)_position + offset, size);
    }

    private long Follow(int place) => (long)place + BinaryPrimitives.ReadUInt32LittleEndian(Span(place, sizeof(uint)));

    private int Number(int place) => BinaryPrimitives.ReadInt32LittleEndian(Span(place, sizeof(int)));

    private ReadOnlySpan<byte> Span(int place, int size) => _file.Span.Slice(place, size);

    private int At(long place, int size) => place >= 0 && place <= _file.Length - size ? (int)place : throw Damaged();
}
