using Microsoft.Data.Sqlite;

namespace EdgeHost.Storage.Databases;

/// <summary>One row of a result, columns counted from 0. It is the next row after its reader has returned: take values, do not keep it. Not thread-safe.</summary>
public sealed class StoreRow
{
    private readonly SqliteDataReader _reader;

    internal StoreRow(SqliteDataReader reader) => _reader = reader;

    /// <summary>Whether a column is null. The methods that do not say so cannot read one that is.</summary>
    public bool IsNull(int column) => _reader.IsDBNull(column);

    /// <summary>A whole number.</summary>
    public long GetInt64(int column) => _reader.GetInt64(column);

    /// <summary>A whole number of 32 bits.</summary>
    public int GetInt32(int column) => _reader.GetInt32(column);

    /// <summary>A number.</summary>
    public double GetDouble(int column) => _reader.GetDouble(column);

    /// <summary>A text.</summary>
    public string GetString(int column) => _reader.GetString(column);

    /// <summary>Bytes, in an array of the caller's own.</summary>
    public byte[] GetBytes(int column) => _reader.GetFieldValue<byte[]>(column);

    /// <summary>A time, kept as milliseconds since 1970 (UTC).</summary>
    public DateTimeOffset GetTime(int column) => DateTimeOffset.FromUnixTimeMilliseconds(GetInt64(column));

    /// <summary>A whole number, or null.</summary>
    public long? Integer(int column) => IsNull(column) ? null : GetInt64(column);

    /// <summary>A number, or null.</summary>
    public double? Number(int column) => IsNull(column) ? null : GetDouble(column);

    /// <summary>A text, or null.</summary>
    public string? Text(int column) => IsNull(column) ? null : GetString(column);

    /// <summary>Bytes in an array of the caller's own, or null.</summary>
    public byte[]? Bytes(int column) => IsNull(column) ? null : GetBytes(column);

    /// <summary>A time, kept as milliseconds since 1970 (UTC), or null.</summary>
    public DateTimeOffset? Time(int column) => IsNull(column) ? null : GetTime(column);
}
