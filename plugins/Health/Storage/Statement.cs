using SQLitePCL;

namespace EdgeHost.Plugins.Health.Storage;

/// <summary>A prepared statement whose parameters are <c>?1</c>, <c>?2</c> and so on, columns counted from 0. Not thread-safe.</summary>
internal sealed class Statement : IDisposable
{
    private readonly sqlite3 _database;
    private readonly sqlite3_stmt _statement;

    public Statement(sqlite3 database, string sql)
    {
        _database = database;
        DatabaseErrors.Check(raw.sqlite3_prepare_v2(database, sql, out _statement), database);
    }

    /// <summary>Sets the parameters: whole numbers, texts, bytes or null.</summary>
    public Statement Bind(params ReadOnlySpan<object?> values)
    {
        raw.sqlite3_reset(_statement);
        for (var i = 0; i < values.Length; i++)
        {
            var code = values[i] switch
            {
                null => raw.sqlite3_bind_null(_statement, i + 1),
                long number => raw.sqlite3_bind_int64(_statement, i + 1, number),
                int number => raw.sqlite3_bind_int64(_statement, i + 1, number),
                string text => raw.sqlite3_bind_text(_statement, i + 1, text),
                byte[] bytes => raw.sqlite3_bind_blob(_statement, i + 1, bytes),
                var other => throw new ArgumentException($"A {other.GetType().Name} cannot be bound."),
            };
            DatabaseErrors.Check(code, _database);
        }

        return this;
    }

    /// <summary>Goes to the next row.</summary>
    /// <returns>Whether there is one.</returns>
    public bool Step()
    {
        var code = raw.sqlite3_step(_statement);
        if (code == raw.SQLITE_ROW) return true;
        if (code != raw.SQLITE_DONE) DatabaseErrors.Check(code, _database);
        return false;
    }

    /// <summary>Runs it to its end.</summary>
    /// <returns>The number of rows that it changed.</returns>
    public int Run()
    {
        while (Step())
        {
            // Rows of statements that are run for their effect are of no interest.
        }

        return raw.sqlite3_changes(_database);
    }

    public long Integer(int column) => raw.sqlite3_column_int64(_statement, column);

    public bool IsNull(int column) => raw.sqlite3_column_type(_statement, column) == raw.SQLITE_NULL;

    public string Text(int column) => raw.sqlite3_column_text(_statement, column).utf8_to_string();

    public byte[] Bytes(int column) => raw.sqlite3_column_blob(_statement, column).ToArray();

    public void Dispose() => _statement.Dispose();
}
