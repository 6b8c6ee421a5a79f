using System.Buffers.Binary;

namespace EdgeHost.ModelImport.Tests;

/// <summary>
/// Writes FlatBuffers from front to back: a table is its vtable, its offset to it, its fields; what fields refer to follows. No sharing, no alignment beyond
/// what readers that do not care need. Not thread-safe.
/// </summary>
internal static class FlatWriter
{
    /// <summary>A file with this table at its root.</summary>
    public static byte[] File(string identifier, params (int Field, object Value)[] fields)
    {
        var bytes = new List<byte>(new byte[8]);
        var root = Table(bytes, fields);
        BinaryPrimitives.WriteInt32LittleEndian(System.Runtime.InteropServices.CollectionsMarshal.AsSpan(bytes), root);
        for (var i = 0; i < 4; i++) bytes[4 + i] = (byte)identifier[i];
        return [.. bytes];
    }

    private static int Table(List<byte> bytes, (int Field, object Value)[] fields)
    {
        var count = fields.Length == 0 ? 0 : fields.Max(field => field.Field) + 1;
        var vtable = bytes.Count;
        bytes.AddRange(new byte[4 + (2 * count)]);
        var table = bytes.Count;
        var size = 4;
        Put16(bytes, vtable, 4 + (2 * count));
        bytes.AddRange(new byte[4]);
        Put32(bytes, table, table - vtable);
        var later = new List<(int Place, object Value)>();
        foreach (var (field, value) in fields)
        {
            Put16(bytes, vtable + 4 + (2 * field), bytes.Count - table);
            switch (value)
            {
                case byte small: bytes.Add(small); break;
                case int number: bytes.AddRange(BitConverter.GetBytes(number)); break;
                case float number: bytes.AddRange(BitConverter.GetBytes(number)); break;
                default:
                    later.Add((bytes.Count, value));
                    bytes.AddRange(new byte[4]);
                    break;
            }

            size = bytes.Count - table;
        }

        Put16(bytes, vtable + 2, size);
        foreach (var (place, value) in later) Put32(bytes, place, Write(bytes, value) - place);
        return table;
    }

    private static int Write(List<byte> bytes, object value)
    {
        if (value is (int, object)[] fields) return Table(bytes, fields);
        var start = bytes.Count;
        switch (value)
        {
            case string text: Vector(bytes, text.Length, text.Select(c => (byte)c)); break;
            case byte[] data: Vector(bytes, data.Length, data); break;
            case int[] numbers: Vector(bytes, numbers.Length, numbers.SelectMany(BitConverter.GetBytes)); break;
            case long[] numbers: Vector(bytes, numbers.Length, numbers.SelectMany(BitConverter.GetBytes)); break;
            case float[] numbers: Vector(bytes, numbers.Length, numbers.SelectMany(BitConverter.GetBytes)); break;
            case (int, object)[][] tables:
                Vector(bytes, tables.Length, new byte[4 * tables.Length]);
                for (var i = 0; i < tables.Length; i++)
                {
                    var place = start + 4 + (4 * i);
                    Put32(bytes, place, Table(bytes, tables[i]) - place);
                }

                break;
            default: throw new ArgumentException($"{value.GetType()} is not written.");
        }

        return start;
    }

    private static void Vector(List<byte> bytes, int count, IEnumerable<byte> content)
    {
        bytes.AddRange(BitConverter.GetBytes(count));
        bytes.AddRange(content);
    }

    private static void Put16(List<byte> bytes, int place, int value) => BinaryPrimitives.WriteUInt16LittleEndian(System.Runtime.InteropServices.CollectionsMarshal.AsSpan(bytes)[place..], (ushort)value);

    private static void Put32(List<byte> bytes, int place, int value) => BinaryPrimitives.WriteInt32LittleEndian(System.Runtime.InteropServices.CollectionsMarshal.AsSpan(bytes)[place..], value);
}
