using Microsoft.Data.Sqlite;

namespace EdgeHost.Storage.Databases;

/// <summary>
/// The database within one transaction: statements in one line, whose parameters are <c>$1</c>, <c>$2</c> and so on. Values are whole numbers, numbers, texts,
/// bytes, or null. It ends with the work that it was given to. Not thread-safe.
/// </summary>
public sealed class StoreConnection
{
    private readonly SqliteConnection _connection;
    private bool _isOver;

    internal StoreConnection(SqliteConnection connection) => _connection = connection;

    /// <summary>Runs statements.</summary>
    /// <param name="sql">Constants of the program; what comes from callers is a value.</param>
    /// <param name="values">The parameters.</param>
    /// <returns>The number of rows that the last one inserted, changed or deleted; those of triggers do not count.</returns>
    /// <exception cref="InvalidOperationException">The work has ended.</exception>
    public int Execute(string sql, params ReadOnlySpan<object?> values)
    {
        using var command = Create(sql, values);
        return command.ExecuteNonQuery();
    }

    /// <summary>The first column of the first row, or the default where there is none or it is null.</summary>
    /// <typeparam name="T"><see cref="long"/>, <see cref="double"/>, <see cref="string"/> or <see cref="byte"/>[], as the column has it; or a nullable one.</typeparam>
    /// <inheritdoc cref="Execute"/>
    public T? Scalar<T>(string sql, params ReadOnlySpan<object?> values)
    {
        using var command = Create(sql, values);
        return command.ExecuteScalar() is { } value and not DBNull ? (T)value : default;
    }

    /// <summary>All rows; for results that are bounded by their query.</summary>
    /// <param name="sql">Constants of the program; what comes from callers is a value.</param>
    /// <param name="read">Makes an item of a row; may run other statements.</param>
    /// <param name="values">The parameters.</param>
    /// <inheritdoc cref="Execute"/>
    public List<T> Rows<T>(string sql, Func<StoreRow, T> read, params ReadOnlySpan<object?> values)
    {
        ArgumentNullException.ThrowIfNull(read);
        using var command = Create(sql, values);
        using var reader = command.ExecuteReader();
        var row = new StoreRow(reader);
        var rows = new List<T>();
        while (reader.Read()) rows.Add(read(row));
        return rows;
    }

    /// <summary>The transaction has ended: what still holds this can do no harm.</summary>
    internal void End() => _isOver = true;

    private SqliteCommand Create(string sql, ReadOnlySpan<object?> values)
    {
        if (_isOver) throw new InvalidOperationException("The transaction has ended; the database is used within the work that it was given to.");
        var command = _connection.CreateCommand();
#pragma warning disable CA2100 // All statements are constants of the program; values are parameters.
        command.CommandText = sql;
#pragma warning restore CA2100
        for (var i = 0; i < values.Length; i++) command.Parameters.AddWithValue($"${i + 1}", values[i] ?? DBNull.Value);
        return command;
    }
}
