using EdgeHost.PluginSdk;
using EdgeHost.Runtime.Dispatch;
using Microsoft.Extensions.Logging.Abstractions;

namespace EdgeHost.Ipc.Tests.Support;

/// <summary>Routes that tests give it.</summary>
internal sealed class FakeCatalog : ICapabilityCatalog
{
    public IReadOnlyList<CapabilityRoute> Routes { get; set; } = [];

    public CapabilityRoute? Find(string method) => Routes.FirstOrDefault(route => route.Method == method);

    public void Replace(string provider, IReadOnlyList<CapabilityRoute> routes)
        => Routes = [.. Routes.Where(route => route.Provider != provider), .. routes];

    public static CapabilityRoute Route(CapabilityDescriptor descriptor) => new(descriptor.Method, "test", "1.2.3", new Target(descriptor, null));

    public static CapabilityRoute Broken(string method, string why) => new(method, "broken", "0.1.0", new Target(null, why));

    private sealed class Target(CapabilityDescriptor? descriptor, string? why) : ICapabilityTarget
    {
        public ValueTask<ServedCapability> EnterAsync(string method, CancellationToken cancellationToken)
            => descriptor is null
                ? throw new EdgeHostException(ErrorCode.Unavailable, why!)
                : ValueTask.FromResult(new ServedCapability(descriptor, null!, NullLogger.Instance, null, static () => { }));
    }
}
