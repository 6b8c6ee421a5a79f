namespace EdgeHost.PluginSdk.Typed.Tests;

/// <summary>Joins what is pushed; leaves the loop at "stop".</summary>
[Capability("test.join")]
internal sealed class JoinHandler : ClientStreamCapabilityHandler<EchoRequest, EchoResponse, EchoResponse>
{
    public override async ValueTask<EchoResponse> HandleAsync(
        EchoRequest request, IAsyncEnumerable<EchoResponse> pushes, CapabilityContext context, CancellationToken cancellationToken)
    {
        var text = request.Text;
        await foreach (var push in pushes.WithCancellation(cancellationToken))
        {
            if (push.Text == "stop") break;
            text += push.Text;
        }

        return new EchoResponse { Text = text };
    }
}

/// <summary>Answers each push as often as the request says.</summary>
[Capability("test.answer")]
internal sealed class AnswerHandler : DuplexCapabilityHandler<EchoRequest, EchoRequest, EchoResponse, EchoResponse>
{
    public override async ValueTask<EchoResponse> HandleAsync(
        EchoRequest request, IAsyncEnumerable<EchoRequest> pushes, ItemWriter<EchoResponse> items, CapabilityContext context, CancellationToken cancellationToken)
    {
        var count = 0;
        await foreach (var push in pushes.WithCancellation(cancellationToken))
        {
            for (var i = 0; i < request.Times; i++) await items.WriteAsync(new EchoResponse { Text = request.Text + push.Text }, cancellationToken);
            count++;
        }

        return new EchoResponse { Text = $"{count}" };
    }
}
