using EdgeHost.Runtime.Conditions;
using EdgeHost.Runtime.Decisions;
using EdgeHost.Runtime.Devices;
using EdgeHost.Runtime.Dispatch;
using EdgeHost.Runtime.Health;
using EdgeHost.Runtime.Heap;
using EdgeHost.Runtime.Models;
using EdgeHost.Runtime.Scheduling;
using EdgeHost.Runtime.Telemetry;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Options;

namespace EdgeHost.Runtime;

/// <summary>Registers the runtime.</summary>
public static class EdgeHostRuntimeServiceCollectionExtensions
{
    /// <summary>
    /// Adds pool, scheduler, devices, catalog and dispatcher. The application adds logging, an
    /// <see cref="Engines.IInferenceEngine"/> and an <see cref="IModelSource"/>. Nothing native is loaded before the first model or
    /// the first question for devices.
    /// </summary>
    /// <param name="services">Where to add.</param>
    /// <param name="configure">Changes settings, or null.</param>
    public static IServiceCollection AddEdgeHostRuntime(this IServiceCollection services, Action<EdgeHostRuntimeOptions>? configure = null)
    {
        ArgumentNullException.ThrowIfNull(services);
        var options = services.AddOptions<EdgeHostRuntimeOptions>().ValidateOnStart();
        if (configure is not null) options.Configure(configure);
        services.TryAddEnumerable(ServiceDescriptor.Singleton<IValidateOptions<EdgeHostRuntimeOptions>, EdgeHostRuntimeOptionsValidator>());
        services.TryAddEnumerable(ServiceDescriptor.Singleton<IValidateOptions<EdgeHostRuntimeOptions>, DeviceConcurrencyValidator>());
        services.TryAddEnumerable(ServiceDescriptor.Singleton<IValidateOptions<EdgeHostRuntimeOptions>, DeviceOptionsValidator>());
        services.TryAddEnumerable(ServiceDescriptor.Singleton<IValidateOptions<EdgeHostRuntimeOptions>, ConditionOptionsValidator>());
        services.TryAddSingleton(TimeProvider.System);
        services.TryAddSingleton<EdgeHostMeter>();
        services.TryAddSingleton<ISystemFiles, SystemFiles>();
        services.TryAddSingleton<IMemoryTrimmer, MemoryTrimmer>();
        services.TryAddSingleton<MachineMemory>();
        services.TryAddSingleton<IDeviceDirectory, DeviceDirectory>();
        services.TryAddSingleton<DeviceSelfTests>();
        services.TryAddSingleton<IDeviceHealth, DeviceHealthRegistry>();
        services.TryAddSingleton<IDevicePlacement, DevicePlacement>();
        services.TryAddSingleton<IMachineSensors, SystemFileSensors>();
        services.TryAddSingleton<IMachineConditions, MachineConditionsMonitor>();
        services.TryAddSingleton<IDecisionLog, DecisionLog>();
        services.TryAddSingleton<ILatencyModel, LatencyModel>();
        services.TryAddSingleton<IStepScheduler, StepScheduler>();
        services.TryAddSingleton<IModelPool, ModelPool>();
        services.TryAddSingleton<IMemoryReservations>(static provider => (ModelPool)provider.GetRequiredService<IModelPool>());
        services.TryAddSingleton<IHostHealth, HostHealth>();
        services.TryAddSingleton<IRuntimeSettings, RuntimeSettings>();
        services.TryAddSingleton<ICapabilityCatalog, CapabilityCatalog>();
        services.TryAddSingleton<ICapabilityDispatcher, CapabilityDispatcher>();
        services.TryAddSingleton<IManagedHeap, ManagedHeap>();
        services.AddHostedService<RuntimeGauges>();
        services.AddHostedService<HeapUpkeep>();
        return services;
    }
}
