namespace EdgeHost.Deployment.Versions;

/// <summary>For whom a version is. Immutable.</summary>
/// <param name="App">The app's name; null for every app of the device.</param>
/// <param name="UserId">The user of the app's process, -1 where the platform does not say; always -1 for the device.</param>
public sealed record VersionScope(string? App, long UserId)
{
    /// <summary>Every app.</summary>
    public static VersionScope Device { get; } = new(null, -1);

    /// <summary>Whether it is for every app.</summary>
    public bool IsDevice => App is null;

    /// <summary>The scope of an app that calls.</summary>
    public static VersionScope Of(AppIdentity app)
    {
        ArgumentNullException.ThrowIfNull(app);
        return new VersionScope(app.Name, app.UserId);
    }

    /// <summary>For a person.</summary>
    public override string ToString() => App is null ? "the device" : $"the app {App}";
}
