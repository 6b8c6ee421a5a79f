using System.Diagnostics.CodeAnalysis;
using SQLitePCL;

namespace EdgeHost.Plugins.Storage;

/// <summary>A parameter of a statement: a whole number, a number, a text, bytes, or null. Made by conversion, without an allocation.</summary>
[SuppressMessage("Usage", "CA2225", Justification = "Parameters are written as what they are; a name beside each conversion would be used by nobody.")]
[SuppressMessage("Performance", "CA1815", Justification = "Parameters are bound and never compared.")]
public readonly struct DatabaseValue
{
    private readonly Kind _kind;
    private readonly long _bits;
    private readonly string? _text;
    private readonly ReadOnlyMemory<byte> _bytes;

    private DatabaseValue(Kind kind, long bits = 0, string? text = null, ReadOnlyMemory<byte> bytes = default) => (_kind, _bits, _text, _bytes) = (kind, bits, text, bytes);

    private enum Kind
    {
        Null,
        Integer,
        Number,
        Text,
        Bytes,
    }

    public static implicit operator DatabaseValue(int value) => new(Kind.Integer, value);

    public static implicit operator DatabaseValue(long value) => new(Kind.Integer, value);

    public static implicit operator DatabaseValue(long? value) => value is { } number ? new(Kind.Integer, number) : default;

    public static implicit operator DatabaseValue(bool value) => new(Kind.Integer, value ? 1 : 0);

    public static implicit operator DatabaseValue(double value) => new(Kind.Number, BitConverter.DoubleToInt64Bits(value));

    public static implicit operator DatabaseValue(string? value) => value is null ? default : new(Kind.Text, text: value);

    public static implicit operator DatabaseValue(byte[]? value) => value is null ? default : new(Kind.Bytes, bytes: value);

    /// <summary>Bytes that stay as they are until the statement has run.</summary>
    public static implicit operator DatabaseValue(ReadOnlyMemory<byte> value) => new(Kind.Bytes, bytes: value);

    /// <summary>Sets a parameter, counted from 1.</summary>
    internal int BindTo(sqlite3_stmt statement, int index) => _kind switch
    {
        Kind.Null => raw.sqlite3_bind_null(statement, index),
        Kind.Integer => raw.sqlite3_bind_int64(statement, index, _bits),
        Kind.Number => raw.sqlite3_bind_double(statement, index, BitConverter.Int64BitsToDouble(_bits)),
        Kind.Text => raw.sqlite3_bind_text(statement, index, _text!),

        // No bytes are not the same as no value.
        _ => _bytes.IsEmpty ? raw.sqlite3_bind_zeroblob(statement, index, 0) : raw.sqlite3_bind_blob(statement, index, _bytes.Span),
    };
}
