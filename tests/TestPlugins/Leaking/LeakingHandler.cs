using System.Buffers;
using EdgeHost.PluginSdk;

namespace TestPlugins.Leaking;

/// <summary>Takes two leases of the model <c>leaked</c> and gives none back; where told so, also leaves a step of it behind that nobody awaits.</summary>
internal sealed class LeakingHandler(bool runs) : ICapabilityHandler
{
    private const string Model = "leaked";

    // The plugin's own reference: the host must not depend on the garbage collector to find the leases.
    private readonly List<IModelLease> _forgotten = [];

    public async ValueTask HandleAsync(CapabilityContext context, IBufferWriter<byte> response, CancellationToken cancellationToken)
    {
        for (var i = 0; i < 2; i++)
        {
            var lease = await context.Models.LeaseAsync(Model, cancellationToken).ConfigureAwait(false);
            lock (_forgotten)
            {
                _forgotten.Add(lease);
            }

            if (!runs) continue;
            var input = lease.Model.Inputs[0];
            var value = lease.CreateValue(input.ElementType, new EdgeHost.TensorShape([.. input.Shape.Dimensions.ToArray().Select(static d => Math.Max(1, d))]));
            _ = lease.RunAsync(new ModelStep { Inputs = [new NamedValue(input.Name, value)] }, CancellationToken.None).AsTask();
        }

        response.Write((ReadOnlySpan<byte>)[0x80]);
    }
}
