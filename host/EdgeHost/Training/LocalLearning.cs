using EdgeHost.Deployment.Versions;
using EdgeHost.Host.Hosting;
using EdgeHost.Host.Training.Features;
using EdgeHost.Jobs.Results;
using EdgeHost.Learning;
using EdgeHost.Learning.Consents;
using EdgeHost.Learning.Examples;
using EdgeHost.Learning.Preprocessing;
using EdgeHost.PluginHost;
using EdgeHost.Runtime.Models;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace EdgeHost.Host.Training;

/// <summary>The store of examples in this process, for what the device's owner does: beside a running host or without one.</summary>
internal sealed class LocalLearning : IAsyncDisposable
{
    private readonly ServiceProvider _services;

    private LocalLearning(ServiceProvider services) => _services = services;

    public ExampleStore Examples => _services.GetRequiredService<ExampleStore>();

    public ConsentStore Consents => _services.GetRequiredService<ConsentStore>();

    public IPictureDecoder Decoder => _services.GetRequiredService<IPictureDecoder>();

    /// <summary>Runs models over an app's examples in this process; what the device's owner does needs no permission.</summary>
    public IFeaturiser FeaturiserOf(ExampleOwner owner)
        => new ModelFeaturiser(_services.GetRequiredService<IModelPool>().ForCall(new CallScope { PluginId = "command line", App = new AppIdentity(owner.App, owner.UserId, -1) }));

    public ITrainedModels Models => _services.GetRequiredService<ITrainedModels>();

    public LearningOptions Options => _services.GetRequiredService<IOptions<LearningOptions>>().Value;

    public static LocalLearning Open(HostSettings settings)
    {
        var services = new ServiceCollection();

        // A failure is told once, by the verb.
        services.AddLogging(static logging => logging.SetMinimumLevel(LogLevel.None));
        services.AddEdgeHostCore(settings);
        return new LocalLearning(services.BuildServiceProvider());
    }

    /// <summary>Deletes the versions of models that an app has trained; the running host learns of it with the next thing that it is asked of versions.</summary>
    /// <returns>How many models there were.</returns>
    public async Task<int> ForgetModelsAsync(ExampleOwner owner, CancellationToken cancellationToken)
        => (await _services.GetRequiredService<IVersionStore>().ForgetAsync(new VersionScope(owner.App, owner.UserId), cancellationToken).ConfigureAwait(false))
            .Select(static version => version.Model).Distinct(StringComparer.Ordinal).Count();

    /// <summary>Deletes what plugins keep of an app.</summary>
    public void ForgetPluginData(ExampleOwner owner) => _services.GetRequiredService<PluginAppData>().Delete(new AppIdentity(owner.App, owner.UserId, -1));

    public ValueTask DisposeAsync() => _services.DisposeAsync();
}
