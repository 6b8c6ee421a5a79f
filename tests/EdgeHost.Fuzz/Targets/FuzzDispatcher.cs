using System.Buffers;
using EdgeHost.Runtime.Dispatch;

namespace EdgeHost.Fuzz.Targets;

/// <summary>Methods of every kind, none of which does anything.</summary>
internal sealed class FuzzDispatcher : ICapabilityDispatcher
{
    private const int StreamItems = 8;

    private static readonly byte[] Item = [0x01];
    private static readonly CallReport Report = new("fuzz", "none", "it is a test", default, default, default, 0, 1, [], default);

    public async ValueTask<CallReport> InvokeAsync(CapabilityInvocation call, IBufferWriter<byte> response, CancellationToken cancellationToken)
    {
        switch (call.Method)
        {
            case "fuzz.echo":
                response.Write(call.Body.Span);
                break;
            case "fuzz.stream":
                for (var i = 0; i < StreamItems; i++) await call.Items!.SendAsync(Item, cancellationToken);
                break;
            case "fuzz.duplex":
                await foreach (var item in call.Pushes!.ReadAllAsync(cancellationToken)) await call.Items!.SendAsync(item, cancellationToken);
                break;
            case "fuzz.wait":
                await Task.Delay(Timeout.InfiniteTimeSpan, cancellationToken);
                break;
            default:
                throw new EdgeHostException(ErrorCode.Unimplemented, "There is no such method.");
        }

        return Report;
    }
}
