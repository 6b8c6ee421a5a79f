using EdgeHost.Host.Hosting;
using EdgeHost.Learning;
using EdgeHost.Learning.Consents;
using EdgeHost.Learning.Examples;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace EdgeHost.Host.Training;

/// <summary>The store of examples in this process, for what the device's owner does: beside a running host or without one.</summary>
internal sealed class LocalLearning : IDisposable
{
    private readonly ServiceProvider _services;

    private LocalLearning(ServiceProvider services) => _services = services;

    public ExampleStore Examples => _services.GetRequiredService<ExampleStore>();

    public ConsentStore Consents => _services.GetRequiredService<ConsentStore>();

    public LearningOptions Options => _services.GetRequiredService<IOptions<LearningOptions>>().Value;

    public static LocalLearning Open(HostSettings settings)
    {
        var services = new ServiceCollection();

        // A failure is told once, by the verb.
        services.AddLogging(static logging => logging.SetMinimumLevel(LogLevel.None));
        services.AddEdgeHostOptions(settings);
        return new LocalLearning(services.BuildServiceProvider());
    }

    public void Dispose() => _services.Dispose();
}
