using System.Diagnostics.CodeAnalysis;
using SQLitePCL;

namespace EdgeHost.Plugins.Storage;

/// <summary>One row of a result, columns counted from 0. Valid until its reader has returned: take values, do not keep it. Not thread-safe.</summary>
[SuppressMessage("Performance", "CA1815", Justification = "Rows are read and never compared.")]
public readonly struct DatabaseRow
{
    private readonly sqlite3_stmt _statement;

    internal DatabaseRow(sqlite3_stmt statement) => _statement = statement;

    /// <summary>Whether there is no value.</summary>
    public bool IsNull(int column) => raw.sqlite3_column_type(_statement, column) == raw.SQLITE_NULL;

    /// <summary>A whole number; 0 for null.</summary>
    public long Integer(int column) => raw.sqlite3_column_int64(_statement, column);

    /// <summary>A whole number, or null.</summary>
    public long? IntegerOrNull(int column) => IsNull(column) ? null : Integer(column);

    /// <summary>A number; 0 for null.</summary>
    public double Number(int column) => raw.sqlite3_column_double(_statement, column);

    /// <summary>A text that is there.</summary>
    public string Text(int column) => raw.sqlite3_column_text(_statement, column).utf8_to_string();

    /// <summary>A text, or null.</summary>
    public string? TextOrNull(int column) => IsNull(column) ? null : Text(column);

    /// <summary>A copy of the bytes; empty for null.</summary>
    public byte[] Bytes(int column) => Span(column).ToArray();

    /// <summary>The bytes in the database's own memory, until the next row; empty for null.</summary>
    public ReadOnlySpan<byte> Span(int column) => raw.sqlite3_column_blob(_statement, column);
}
