using EdgeHost.Storage.Databases;

namespace EdgeHost.Storage.Tests;

internal static class NoteCalls
{
    public static Task<int> AddAsync(this StoreDatabase database, string text, CancellationToken cancellationToken = default)
        => database.WriteAsync(connection => connection.Execute("INSERT INTO note (text) VALUES ($1)", text), cancellationToken);

    public static Task<List<string>> ListAsync(this StoreDatabase database, CancellationToken cancellationToken = default)
        => database.ReadAsync(static connection => connection.Rows("SELECT text FROM note ORDER BY id", static row => row.GetString(0)), cancellationToken);

    public static Task<T?> AskAsync<T>(this StoreDatabase database, string sql) => database.ReadAsync(connection => connection.Scalar<T>(sql), default);

    public static async Task<EdgeHostException> RefusedAsync(this Task task) => await Assert.ThrowsAsync<EdgeHostException>(() => task);
}
