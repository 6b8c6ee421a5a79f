using System.Runtime.CompilerServices;
using EdgeHost.Serialization;

namespace EdgeHost.PluginSdk.Typed.Tests;

[WireMessage]
public sealed partial class EchoRequest
{
    /// <summary>What to say.</summary>
    public required string Text { get; init; }

    [WireField(Minimum = 0, Maximum = 100)]
    public int Times { get; init; } = 1;
}

[WireMessage]
public sealed partial class EchoResponse
{
    public required string Text { get; init; }
}

/// <summary>Something that only the container can give.</summary>
public sealed class Prefix(string text)
{
    public string Text => text;
}

[Capability("test.echo", Summary = "Says it.", Example = """{"text":"x"}""", Models = ["m1"], Version = 3)]
internal sealed class EchoHandler(Prefix prefix) : CapabilityHandler<EchoRequest, EchoResponse>, IDisposable
{
    public static int Disposed { get; set; }

    public override ValueTask<EchoResponse> HandleAsync(EchoRequest request, CapabilityContext context, CancellationToken cancellationToken)
        => ValueTask.FromResult(new EchoResponse { Text = $"{prefix.Text}{request.Text} to {context.App.Name}" });

    public void Dispose() => Disposed++;
}

[Capability("test.repeat")]
internal sealed class RepeatHandler : StreamingCapabilityHandler<EchoRequest, EchoResponse, EchoResponse>
{
    public override async ValueTask<EchoResponse> HandleAsync(
        EchoRequest request, ItemWriter<EchoResponse> items, CapabilityContext context, CancellationToken cancellationToken)
    {
        await items.WriteAllAsync(Repeat(request, cancellationToken), cancellationToken);
        return new EchoResponse { Text = "done" };
    }

    private static async IAsyncEnumerable<EchoResponse> Repeat(EchoRequest request, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        for (var i = 0; i < request.Times; i++)
        {
            cancellationToken.ThrowIfCancellationRequested();
            await Task.Yield();
            yield return new EchoResponse { Text = $"{request.Text}{i}" };
        }
    }
}

internal sealed class UnnamedHandler : CapabilityHandler<EchoRequest, EchoResponse>
{
    public override ValueTask<EchoResponse> HandleAsync(EchoRequest request, CapabilityContext context, CancellationToken cancellationToken)
        => throw new InvalidOperationException("broken");
}
