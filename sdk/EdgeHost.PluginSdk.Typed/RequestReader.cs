using EdgeHost.Serialization;

namespace EdgeHost.PluginSdk.Typed;

/// <summary>Reads the request of a call, following its references where it has any.</summary>
internal static class RequestReader
{
    public static T Read<T>(CapabilityContext context)
        where T : IWireMessage<T>
        => WireMessageSerializer.Deserialize<T>(context.Body, context.HasReferences ? new ContextResolver(context) : null);

    private sealed class ContextResolver(CapabilityContext context) : IBinaryResolver
    {
        public bool TryResolve(ReadOnlySpan<byte> reference, out ReadOnlyMemory<byte> binary, out string? problem)
            => context.TryResolve(reference, out binary, out problem);
    }
}
