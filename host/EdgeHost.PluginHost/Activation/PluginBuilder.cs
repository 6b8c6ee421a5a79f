using EdgeHost.PluginHost.Manifests;
using EdgeHost.PluginSdk;
using Microsoft.Extensions.DependencyInjection;

namespace EdgeHost.PluginHost.Activation;

/// <summary>Collects what a plugin registers and holds it to its manifest.</summary>
internal sealed class PluginBuilder(PluginEnvironment environment, PluginManifest manifest) : IPluginBuilder
{
    private readonly Dictionary<string, (CapabilityDescriptor Descriptor, Func<IServiceProvider, ICapabilityHandler> Create)> _capabilities =
        new(StringComparer.Ordinal);

    public PluginEnvironment Environment { get; } = environment;

    public IServiceCollection Services { get; } = new ServiceCollection();

    public IReadOnlyDictionary<string, (CapabilityDescriptor Descriptor, Func<IServiceProvider, ICapabilityHandler> Create)> Capabilities => _capabilities;

    public void AddCapability(CapabilityDescriptor descriptor, Func<IServiceProvider, ICapabilityHandler> create)
    {
        ArgumentNullException.ThrowIfNull(descriptor);
        ArgumentNullException.ThrowIfNull(create);
        if (!manifest.Capabilities.Contains(descriptor.Method))
        {
            throw new InvalidOperationException($"The capability '{descriptor.Method}' is not listed in the manifest's capabilities.");
        }

        if (descriptor.Version < 1) throw new InvalidOperationException($"The capability '{descriptor.Method}' has version {descriptor.Version}; versions begin at 1.");
        if (descriptor.Models.FirstOrDefault(model => !manifest.Models.Contains(model)) is { } model)
        {
            throw new InvalidOperationException($"The capability '{descriptor.Method}' names the model '{model}', which is not listed in the manifest's models.");
        }

        if (descriptor.Tasks.FirstOrDefault(task => !manifest.Tasks.Contains(task)) is { } task)
        {
            throw new InvalidOperationException($"The capability '{descriptor.Method}' names the task '{task}', which is not listed in the manifest's tasks.");
        }

        if (!_capabilities.TryAdd(descriptor.Method, (Copy(descriptor), create)))
        {
            throw new InvalidOperationException($"The capability '{descriptor.Method}' was added already.");
        }
    }

    // Discovery may keep a descriptor: a collection type of the plugin's own in it would keep the plugin's code in memory.
    private static CapabilityDescriptor Copy(CapabilityDescriptor descriptor) => new()
    {
        Method = descriptor.Method,
        Kind = descriptor.Kind,
        Version = descriptor.Version,
        Summary = descriptor.Summary,
        RequestSchema = descriptor.RequestSchema,
        ResponseSchema = descriptor.ResponseSchema,
        ItemSchema = descriptor.ItemSchema,
        PushSchema = descriptor.PushSchema,
        ResolvesReferences = descriptor.ResolvesReferences,
        ExampleRequest = descriptor.ExampleRequest,
        Models = descriptor.Models.ToArray(),
        Tasks = descriptor.Tasks.ToArray(),
    };
}
