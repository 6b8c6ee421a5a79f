namespace EdgeHost.PluginHost.Activation;

/// <summary>A state with its reason. Immutable.</summary>
/// <param name="State">The state.</param>
/// <param name="Reason">Why, for operators; empty where there is nothing to say.</param>
/// <param name="Since">When it began.</param>
internal sealed record PluginStatus(PluginState State, string Reason, DateTimeOffset Since);
