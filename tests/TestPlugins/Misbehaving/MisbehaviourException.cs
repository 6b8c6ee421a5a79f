namespace TestPlugins.Misbehaving;

#pragma warning disable CA1032, MA0090 // A type of the plugin's own that must not reach the host.
public sealed class MisbehaviourException(string message) : Exception(message);
#pragma warning restore CA1032, MA0090
