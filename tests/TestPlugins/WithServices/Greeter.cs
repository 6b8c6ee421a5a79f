using EdgeHost.PluginSdk;
using Microsoft.Extensions.Logging;

namespace TestPlugins.WithServices;

public sealed class Greeter(ILogger<Greeter> logger, PluginEnvironment environment, TimeProvider time, IPluginStorage storage) : IDisposable
{
    public Greeting Greet(string name)
    {
        logger.LogInformation("Greeting {Name}.", name);
        return new Greeting { Text = $"Hello {name} from {environment.PluginId}", At = time.GetUtcNow().ToUnixTimeMilliseconds() };
    }

    public void Dispose() => File.WriteAllText(Path.Combine(storage.DataFolder, "disposed.txt"), "yes");
}
