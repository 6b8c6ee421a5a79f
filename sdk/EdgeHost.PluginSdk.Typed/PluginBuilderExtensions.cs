using System.Reflection;
using Microsoft.Extensions.DependencyInjection;

namespace EdgeHost.PluginSdk.Typed;

/// <summary>Registers typed handlers.</summary>
public static class PluginBuilderExtensions
{
    /// <summary>
    /// Adds the capability that a handler serves. What discovery shows comes from its <see cref="CapabilityAttribute"/>; the schemas come from its
    /// messages.
    /// </summary>
    /// <typeparam name="THandler">The handler. Made once, with constructor parameters from the plugin's container. If the handler type itself is
    /// registered in <see cref="IPluginBuilder.Services"/>, that registration makes it and the container disposes it.</typeparam>
    /// <param name="plugin">Where to register.</param>
    /// <returns><paramref name="plugin"/>, for further registrations.</returns>
    /// <exception cref="InvalidOperationException"><typeparamref name="THandler"/> has no <see cref="CapabilityAttribute"/>, or its method was
    /// added already.</exception>
    public static IPluginBuilder AddCapability<THandler>(this IPluginBuilder plugin)
        where THandler : class, ICapabilityHandler, ITypedCapability
    {
        ArgumentNullException.ThrowIfNull(plugin);
        var capability = typeof(THandler).GetCustomAttribute<CapabilityAttribute>(inherit: false)
            ?? throw new InvalidOperationException(
                $"{typeof(THandler).Name} has no [Capability(\"...\")] attribute that names its method. Add one, or register it with a descriptor.");
        return plugin.AddCapability<THandler>(new CapabilityDescriptor
        {
            Method = capability.Method,
            Summary = capability.Summary,
            ExampleRequest = capability.Example,
            Models = capability.Models,
            Tasks = capability.Tasks,
            Version = capability.Version,
        });
    }

    /// <summary>
    /// Adds a capability whose description is made at run time. Kind and schemas of <paramref name="description"/> are replaced by those
    /// of the handler's messages.
    /// </summary>
    /// <typeparam name="THandler">The handler, made as in <see cref="AddCapability{THandler}(IPluginBuilder)"/>.</typeparam>
    /// <param name="plugin">Where to register.</param>
    /// <param name="description">Method, summary, example, models and version.</param>
    /// <returns><paramref name="plugin"/>, for further registrations.</returns>
    /// <exception cref="InvalidOperationException">The method was added already.</exception>
    public static IPluginBuilder AddCapability<THandler>(this IPluginBuilder plugin, CapabilityDescriptor description)
        where THandler : class, ICapabilityHandler, ITypedCapability
    {
        ArgumentNullException.ThrowIfNull(plugin);
        ArgumentNullException.ThrowIfNull(description);
        var descriptor = new CapabilityDescriptor
        {
            Method = description.Method,
            Kind = THandler.Kind,
            Version = description.Version,
            Summary = description.Summary,
            RequestSchema = THandler.RequestSchema,
            ResponseSchema = THandler.ResponseSchema,
            ItemSchema = THandler.ItemSchema,
            PushSchema = THandler.PushSchema,
            ExampleRequest = description.ExampleRequest,
            Models = description.Models,
            Tasks = description.Tasks,
            ResolvesReferences = THandler.ResolvesReferences,
        };

        // A singleton of the container, so that a handler that is disposable is disposed with the plugin.
        if (!plugin.Services.Any(static service => service.ServiceType == typeof(THandler))) plugin.Services.AddSingleton<THandler>();
        plugin.AddCapability(descriptor, static services => services.GetRequiredService<THandler>());
        return plugin;
    }
}
