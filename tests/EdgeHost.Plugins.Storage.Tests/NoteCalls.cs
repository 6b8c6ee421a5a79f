namespace EdgeHost.Plugins.Storage.Tests;

/// <summary>What tests do with notes.</summary>
internal static class NoteCalls
{
    public static Task<int> AddAsync(this PluginDatabase database, string text, CancellationToken cancellationToken = default)
        => database.WriteAsync(connection => connection.Execute("INSERT INTO note (text) VALUES (?1)", text), cancellationToken);

    public static Task<List<string>> ListAsync(this PluginDatabase database)
        => database.ReadAsync(static connection => connection.Rows("SELECT text FROM note ORDER BY id", static row => row.Text(0)), default);

    public static async Task<EdgeHostException> RefusedAsync(this Task task) => await Assert.ThrowsAsync<EdgeHostException>(() => task);
}
