namespace EdgeHost.PluginSdk;

/// <summary>A value under the name of a graph's input.</summary>
/// <param name="Name">The input's name.</param>
/// <param name="Value">The value; its owner keeps it alive until the step has run.</param>
public readonly record struct NamedValue(string Name, ModelValue Value);
