using Microsoft.Data.Sqlite;

namespace EdgeHost.Learning.Storage;

/// <summary>Statements in one line. Parameters are <c>$1</c>, <c>$2</c> and so on.</summary>
internal static class SqliteCalls
{
    /// <summary>Runs statements.</summary>
    /// <returns>The number of rows that the last one inserted, changed or deleted; those of triggers do not count.</returns>
    public static int Execute(this SqliteConnection connection, string sql, params ReadOnlySpan<object?> values)
    {
        using var command = Create(connection, sql, values);
        return command.ExecuteNonQuery();
    }

    /// <summary>The first column of the first row, or the default where there is none or it is null.</summary>
    public static T? Scalar<T>(this SqliteConnection connection, string sql, params ReadOnlySpan<object?> values)
    {
        using var command = Create(connection, sql, values);
        return command.ExecuteScalar() is { } value and not DBNull ? (T)value : default;
    }

    /// <summary>All rows; for results that are bounded by their query.</summary>
    public static List<T> Rows<T>(this SqliteConnection connection, string sql, Func<SqliteDataReader, T> read, params ReadOnlySpan<object?> values)
    {
        using var command = Create(connection, sql, values);
        using var reader = command.ExecuteReader();
        var rows = new List<T>();
        while (reader.Read()) rows.Add(read(reader));
        return rows;
    }

    /// <summary>A text column that may be null.</summary>
    public static string? Text(this SqliteDataReader reader, int column) => reader.IsDBNull(column) ? null : reader.GetString(column);

    /// <summary>An integer column that may be null.</summary>
    public static long? Integer(this SqliteDataReader reader, int column) => reader.IsDBNull(column) ? null : reader.GetInt64(column);

    /// <summary>A number column that may be null.</summary>
    public static double? Number(this SqliteDataReader reader, int column) => reader.IsDBNull(column) ? null : reader.GetDouble(column);

    /// <summary>A time column.</summary>
    public static DateTimeOffset Time(this SqliteDataReader reader, int column) => DateTimeOffset.FromUnixTimeMilliseconds(reader.GetInt64(column));

    private static SqliteCommand Create(SqliteConnection connection, string sql, ReadOnlySpan<object?> values)
    {
        var command = connection.CreateCommand();
#pragma warning disable CA2100 // All statements are constants of this project; values are parameters.
        command.CommandText = sql;
#pragma warning restore CA2100
        for (var i = 0; i < values.Length; i++) command.Parameters.AddWithValue($"${i + 1}", values[i] ?? DBNull.Value);
        return command;
    }
}
