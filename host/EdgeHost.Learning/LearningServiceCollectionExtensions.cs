using EdgeHost.Learning.Consents;
using EdgeHost.Learning.Drift;
using EdgeHost.Learning.Examples;
using EdgeHost.Learning.Feedback;
using EdgeHost.Learning.Preprocessing;
using EdgeHost.Learning.Storage;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Options;

namespace EdgeHost.Learning;

/// <summary>Registers what a device learns from.</summary>
public static class LearningServiceCollectionExtensions
{
    /// <summary>Adds <see cref="ExampleStore"/>, <see cref="ConsentStore"/>, <see cref="PreparedExamples"/>, <see cref="CallJournal"/>, <see cref="DriftMonitor"/> and their upkeep. Needs logging. Nothing is opened before it is used.</summary>
    /// <param name="services">Where to add.</param>
    /// <param name="configure">Changes the options; null for the defaults.</param>
    public static IServiceCollection AddEdgeHostLearning(this IServiceCollection services, Action<LearningOptions>? configure = null)
    {
        ArgumentNullException.ThrowIfNull(services);
        var options = services.AddOptions<LearningOptions>().ValidateOnStart();
        if (configure is not null) options.Configure(configure);
        services.TryAddEnumerable(ServiceDescriptor.Singleton<IValidateOptions<LearningOptions>, LearningOptionsValidator>());
        services.TryAddSingleton(TimeProvider.System);
        services.TryAddSingleton<LearningDatabase>();
        services.TryAddSingleton<ConsentStore>();
        services.TryAddSingleton<ExampleStore>();
        services.TryAddSingleton<PreparedExamples>();
        services.TryAddSingleton<CallJournal>();
        services.TryAddSingleton<DriftMonitor>();
        services.AddHostedService<CallJournalWriter>();
        services.AddHostedService<LearningUpkeep>();
        return services;
    }
}
