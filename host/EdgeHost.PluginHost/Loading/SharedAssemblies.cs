using System.Reflection;
using System.Runtime.Loader;
using EdgeHost.PluginSdk;

namespace EdgeHost.PluginHost.Loading;

/// <summary>
/// The assemblies that every plugin gets from the host instead of its own folder. This is the one list; the plugin SDK's build files
/// repeat it to leave them out of a plugin's layout, and a test compares the two.
/// </summary>
public static class SharedAssemblies
{
    /// <summary>The contract and the abstractions in its signatures: always shared.</summary>
    public static IReadOnlyList<string> Contract { get; } =
    [
        "EdgeHost.Primitives",
        "EdgeHost.PluginSdk",
        "Microsoft.Extensions.DependencyInjection.Abstractions",
        "Microsoft.Extensions.Logging.Abstractions",
    ];

    /// <summary>
    /// Shared where the host has them, so that a plugin that brings ONNX Runtime against the rules does not map a second native copy.
    /// </summary>
    public static IReadOnlyList<string> SafetyNet { get; } = ["Microsoft.ML.OnnxRuntime", "System.Numerics.Tensors"];

    /// <summary>The names with the versions that this host has; what it lacks of the safety net is left out.</summary>
    internal static IReadOnlyList<AssemblyName> Resolve()
    {
        var host = AssemblyLoadContext.GetLoadContext(typeof(EdgeHostPlugin).Assembly) ?? AssemblyLoadContext.Default;
        var names = Contract.Select(name => host.LoadFromAssemblyName(new AssemblyName(name)).GetName()).ToList();
        foreach (var name in SafetyNet)
        {
            try
            {
                names.Add(host.LoadFromAssemblyName(new AssemblyName(name)).GetName());
            }
            catch (FileNotFoundException)
            {
                // A host without an engine has nothing to share here.
            }
        }

        return names;
    }
}
