namespace EdgeHost.Learning.Examples;

/// <summary>Whose examples: an app of one user. Nobody sees those of another.</summary>
/// <param name="App">The app's name.</param>
/// <param name="UserId">The user of its process, or -1 where the platform does not say.</param>
public readonly record struct ExampleOwner(string App, long UserId)
{
    /// <summary>The owner behind a call.</summary>
    public static ExampleOwner Of(AppIdentity app) => new(app.Name, app.UserId);
}
