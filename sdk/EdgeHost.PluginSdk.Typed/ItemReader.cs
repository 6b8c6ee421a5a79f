using System.Runtime.CompilerServices;
using EdgeHost.Serialization;

namespace EdgeHost.PluginSdk.Typed;

/// <summary>Turns what a caller pushes into messages.</summary>
internal static class ItemReader
{
    public static async IAsyncEnumerable<TPush> ReadAsync<TPush>(CapabilityContext context, [EnumeratorCancellation] CancellationToken cancellationToken)
        where TPush : IWireMessage<TPush>
    {
        await foreach (var item in context.ReadItemsAsync(cancellationToken).ConfigureAwait(false))
        {
            yield return WireMessageSerializer.Deserialize<TPush>(item);
        }
    }
}
