using EdgeHost.PluginSdk;
using Microsoft.Extensions.DependencyInjection;

namespace TestPlugins.WithServices;

/// <summary>What an ordinary plugin does: its own services, a logger, storage, settings, and MessagePack of its own.</summary>
public sealed class WithServicesPlugin : EdgeHostPlugin
{
    public override void Configure(IPluginBuilder plugin)
    {
        plugin.Services.AddSingleton<Greeter>();
        plugin.AddCapability(
            new CapabilityDescriptor { Method = "services.greet" },
            services => ActivatorUtilities.CreateInstance<GreetHandler>(services));
    }

    public override async ValueTask StartAsync(IServiceProvider services, CancellationToken cancellationToken)
    {
        var storage = services.GetRequiredService<IPluginStorage>();
        await File.WriteAllTextAsync(Path.Combine(storage.DataFolder, "started.txt"), "yes", cancellationToken).ConfigureAwait(false);
    }
}
