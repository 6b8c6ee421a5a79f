namespace EdgeHost.Ipc.Idempotency;

/// <summary>What makes two calls the same: the app, the method and the key that the client chose.</summary>
/// <param name="App">The app's name.</param>
/// <param name="UserId">The user of its process.</param>
/// <param name="Method">The method.</param>
/// <param name="Key">The client's key.</param>
internal readonly record struct CallKey(string App, long UserId, string Method, string Key)
{
    /// <summary>Whose call it is.</summary>
    public (string App, long UserId) Owner => (App, UserId);
}
