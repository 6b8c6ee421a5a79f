namespace EdgeHost.PluginSdk;

/// <summary>A host in which plugins call nobody.</summary>
internal sealed class NoCaller : ICapabilityCaller
{
    public static NoCaller Instance { get; } = new();

    public ValueTask<ReadOnlyMemory<byte>> CallAsync(string method, ReadOnlyMemory<byte> request, CancellationToken cancellationToken)
        => throw new EdgeHostException(ErrorCode.Unimplemented, $"This host does not call '{method}' for plugins.");
}
