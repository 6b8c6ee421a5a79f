namespace EdgeHost.Learning.Consents;

/// <summary>What the device's owner said to an app's use of examples for a purpose.</summary>
/// <param name="App">The app.</param>
/// <param name="UserId">Its user.</param>
/// <param name="Purpose">What for.</param>
/// <param name="IsGranted">Whether it may.</param>
/// <param name="Since">Since when.</param>
public sealed record Consent(string App, long UserId, string Purpose, bool IsGranted, DateTimeOffset Since);
