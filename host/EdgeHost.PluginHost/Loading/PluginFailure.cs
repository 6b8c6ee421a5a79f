namespace EdgeHost.PluginHost.Loading;

/// <summary>Why a plugin could not start. Holds text only: an exception object would keep the plugin's code in memory.</summary>
/// <param name="ForApps">Safe to show to an app: no paths, no text of the plugin's own.</param>
/// <param name="ForOperator">Everything that helps to mend it.</param>
internal sealed record PluginFailure(string ForApps, string ForOperator);
