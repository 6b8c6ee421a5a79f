using EdgeHost.PluginSdk;

namespace EdgeHost.PluginHost.Activation;

/// <content>What discovery asks: answered from what was kept where that is exact, so that looking around starts nothing.</content>
internal sealed partial class PluginGeneration
{
    private readonly Lock _knownGate = new();
    private Task<IReadOnlyDictionary<string, CapabilityDescriptor>?>? _known;
    private Task _keeping = Task.CompletedTask;

    public async ValueTask<CapabilityDescriptor> DescribeAsync(string method, CancellationToken cancellationToken)
    {
        // A plugin that runs speaks for itself, and one that failed says so, or is tried again.
        if (!IsActive && !HasFailed)
        {
            var known = await KnownAsync().WaitAsync(cancellationToken).ConfigureAwait(false);
            if (known?.TryGetValue(method, out var descriptor) == true) return descriptor;
        }

        var served = await EnterAsync(method, cancellationToken).ConfigureAwait(false);
        served.Leave();
        return served.Descriptor;
    }

    private bool HasFailed
    {
        get
        {
            lock (_gate) return _failure is not null || _retired;
        }
    }

    // Read once a generation: its files do not change.
    private Task<IReadOnlyDictionary<string, CapabilityDescriptor>?> KnownAsync()
    {
        lock (_knownGate) return _known ??= Task.Run(() => _host.Descriptions.TryLoad(Source.Folder, Source.Manifest), CancellationToken.None);
    }

    // Beside the call that waits for the start. The copy is described that was loaded, whatever has become of the folder since.
    private void KeepDescriptions(PluginActivation activation)
        => _keeping = Task.Run(() => _host.Descriptions.Save(activation.Folder, Source.Manifest, [.. activation.Descriptors]), CancellationToken.None);
}
