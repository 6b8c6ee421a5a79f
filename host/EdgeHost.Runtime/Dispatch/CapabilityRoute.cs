namespace EdgeHost.Runtime.Dispatch;

/// <summary>A method and where it leads. Immutable.</summary>
/// <param name="Method">The method.</param>
/// <param name="Provider">The plugin's id, or the host's for its own methods.</param>
/// <param name="ProviderVersion">The version of the provider.</param>
/// <param name="Target">Who serves it.</param>
public sealed record CapabilityRoute(string Method, string Provider, string ProviderVersion, ICapabilityTarget Target);
