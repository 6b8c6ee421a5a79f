namespace EdgeHost.Runtime.Models;

/// <summary>A lease that is held now. Immutable.</summary>
/// <param name="Plugin">The id of the plugin that holds it.</param>
/// <param name="App">The app on whose account.</param>
/// <param name="Model"><c>id@version</c>.</param>
/// <param name="Device">The device's id.</param>
/// <param name="Age">How long it has been held.</param>
public sealed record HeldLease(string Plugin, string App, string Model, string Device, TimeSpan Age);
