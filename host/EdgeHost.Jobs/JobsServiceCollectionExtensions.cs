using EdgeHost.Jobs.Data;
using EdgeHost.Jobs.Personal;
using EdgeHost.Jobs.Plugins;
using EdgeHost.Jobs.Results;
using EdgeHost.Jobs.Retraining;
using EdgeHost.Jobs.Running;
using EdgeHost.Jobs.Searching;
using EdgeHost.Jobs.Storage;
using EdgeHost.Learning.Examples;
using EdgeHost.Learning.Preprocessing;
using EdgeHost.Runtime.Conditions;
using EdgeHost.Runtime.Decisions;
using EdgeHost.Runtime.Devices;
using EdgeHost.Runtime.Dispatch;
using EdgeHost.Runtime.Models;
using EdgeHost.Runtime.Scheduling;
using EdgeHost.Disks;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace EdgeHost.Jobs;

/// <summary>Registers training jobs.</summary>
public static class JobsServiceCollectionExtensions
{
    /// <summary>
    /// Adds <see cref="JobService"/>, which does jobs once it is started as a hosted service. Needs the runtime, what devices learn from, logging, an <see cref="ITrainedModelSink"/>
    /// that takes the models and <see cref="ITrainedModels"/> that finds them again. Personal versions of shipped models need an <see cref="IShippedModels"/>, and those that plugins
    /// ask for an <see cref="IPersonalisations"/>. Nothing is opened before it is used.
    /// </summary>
    /// <param name="services">Where to add.</param>
    /// <param name="configure">Changes the options; null for the defaults.</param>
    public static IServiceCollection AddEdgeHostJobs(this IServiceCollection services, Action<JobOptions>? configure = null)
    {
        ArgumentNullException.ThrowIfNull(services);
        var options = services.AddOptions<JobOptions>().ValidateOnStart();
        if (configure is not null) options.Configure(configure);
        services.TryAddEnumerable(ServiceDescriptor.Singleton<IValidateOptions<JobOptions>, JobOptionsValidator>());
        services.TryAddSingleton(TimeProvider.System);
        services.TryAddSingleton<IFreeSpace, DriveSpace>();
        services.TryAddSingleton<JobStore>();
        services.TryAddSingleton<IShippedModels, NoShippedModels>();
        services.TryAddSingleton<JobDatasets>();
        services.TryAddSingleton(static provider => new JobDataReader(
            provider.GetRequiredService<ExampleStore>(), provider.GetRequiredService<JobDatasets>(), provider.GetRequiredService<PreparedExamples>(), provider.GetRequiredService<IOptions<JobOptions>>(), provider.GetService<IPictureDecoder>(), provider.GetService<IJobFeaturisers>()));
        services.TryAddSingleton(static provider => new TrialRunner(
            provider.GetRequiredService<IOptions<JobOptions>>(), provider.GetRequiredService<TimeProvider>(), provider.GetRequiredService<IFreeSpace>(), provider.GetService<IMemoryReservations>()));
        services.TryAddSingleton(static provider => new JobDecisions(provider.GetService<IDecisionLog>()));
        services.TryAddSingleton<ModelMeter>();
        services.TryAddSingleton<SearchRun>();
        services.TryAddSingleton(static provider => new JobWorker(
            provider.GetRequiredService<JobStore>(),
            provider.GetRequiredService<JobDataReader>(),
            provider.GetRequiredService<SearchRun>(),
            provider.GetRequiredService<TrialRunner>(),
            provider.GetRequiredService<ModelMeter>(),
            provider.GetRequiredService<ITrainedModelSink>(),
            provider.GetRequiredService<ITrainedModels>(),
            provider.GetRequiredService<IShippedModels>(),
            provider.GetRequiredService<IStepScheduler>(),
            provider.GetRequiredService<IDeviceDirectory>(),
            provider.GetRequiredService<IMachineConditions>(),
            provider.GetRequiredService<IOptions<JobOptions>>(),
            provider.GetRequiredService<TimeProvider>(),
            provider.GetService<IMemoryReservations>(),
            provider.GetService<IJobAccounts>()));
        services.TryAddSingleton(static provider => new JobService(
            provider.GetRequiredService<JobStore>(),
            provider.GetRequiredService<JobWorker>(),
            provider.GetRequiredService<JobDataReader>(),
            provider.GetRequiredService<JobDatasets>(),
            provider.GetRequiredService<ExampleStore>(),
            provider.GetRequiredService<ITrainedModels>(),
            provider.GetRequiredService<IShippedModels>(),
            provider.GetRequiredService<IOptions<JobOptions>>(),
            provider.GetRequiredService<TimeProvider>(),
            provider.GetRequiredService<ILogger<JobService>>(),
            provider.GetRequiredService<JobDecisions>()));
        services.TryAddSingleton<ICallTrainers>(static provider => new CallTrainers(
            provider.GetRequiredService<IStepScheduler>(),
            provider.GetRequiredService<IDeviceDirectory>(),
            provider.GetRequiredService<IMachineConditions>(),
            provider.GetRequiredService<IOptions<JobOptions>>(),
            provider.GetRequiredService<TimeProvider>(),
            provider.GetService<IJobAccounts>()));
        services.AddHostedService(static provider => provider.GetRequiredService<JobService>());
        services.TryAddSingleton(static provider => new StandingRules(
            provider.GetRequiredService<JobService>(),
            provider.GetRequiredService<JobDatasets>(),
            provider.GetRequiredService<ExampleStore>(),
            provider.GetRequiredService<IShippedModels>(),
            provider.GetRequiredService<IOptions<JobOptions>>(),
            provider.GetRequiredService<ILogger<StandingRules>>(),
            provider.GetService<IPersonalisations>()));
        services.AddHostedService<RetrainWatch>();
        return services;
    }
}
