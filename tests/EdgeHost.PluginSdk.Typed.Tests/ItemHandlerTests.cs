using System.Runtime.CompilerServices;
using EdgeHost.PluginSdk.Testing;
using EdgeHost.Serialization;

namespace EdgeHost.PluginSdk.Typed.Tests;

/// <summary>Typed handlers of client streams and duplex calls.</summary>
public class ItemHandlerTests
{
    private static readonly ReadOnlyMemory<byte> Request = WireMessageSerializer.ToArray(new EchoRequest { Text = ">", Times = 2 });

    [Fact]
    public async Task AddCapability_TakesItems_DescriptorSaysSo()
    {
        await using var host = await StartAsync();

        var (join, answer) = (host.Capabilities[0], host.Capabilities[1]);
        Assert.Equal((CapabilityKind.ClientStream, EchoResponse.JsonSchema, null), (join.Kind, join.PushSchema, join.ItemSchema));
        Assert.Equal((CapabilityKind.Duplex, EchoRequest.JsonSchema, EchoResponse.JsonSchema), (answer.Kind, answer.PushSchema, answer.ItemSchema));
    }

    [Fact]
    public async Task HandleAsync_ClientStream_ReadsAllAndAnswers()
    {
        await using var host = await StartAsync();

        var answer = await host.CallAsync("test.join", Request, Pushing(Text("a"), Text("b")));
        var none = await host.CallAsync("test.join", Request, Pushing());

        Assert.Equal((">ab", ">"), (answer.Read<EchoResponse>().Text, none.Read<EchoResponse>().Text));
    }

    [Fact]
    public async Task HandleAsync_Duplex_AnswersEachPush()
    {
        await using var host = await StartAsync();

        var answer = await host.CallAsync("test.answer", Request, Pushing(Text("a"), Text("b")));

        Assert.Equal([">a", ">a", ">b", ">b"], answer.ReadItems<EchoResponse>().Select(static item => item.Text));
        Assert.Equal("2", answer.Read<EchoResponse>().Text);
    }

    [Fact]
    public async Task HandleAsync_PushThatIsWrong_FailsTheCallAndNamesTheField()
    {
        await using var host = await StartAsync();

        var lacking = await Assert.ThrowsAsync<EdgeHostException>(() => host.CallAsync("test.join", Request, Pushing(Text("a"), new byte[] { 0x80 })));
        var outside = await Assert.ThrowsAsync<EdgeHostException>(
            () => host.CallAsync("test.answer", Request, Pushing(WireJson.ToMessagePack("""{"text":"a","times":101}"""u8.ToArray()))));

        Assert.Equal((ErrorCode.InvalidArgument, ErrorCode.InvalidArgument), (lacking.Code, outside.Code));
        Assert.Contains("'text'", lacking.Message, StringComparison.Ordinal);
        Assert.Contains("times", outside.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task HandleAsync_LeavesTheLoopEarly_TheSourceIsLeftToo()
    {
        await using var host = await StartAsync();
        var source = new Source(Text("a"), Text("stop"), Text("b"));

        var answer = await host.CallAsync("test.join", Request, new PluginTestCall { Pushes = source.ReadAsync() });

        Assert.Equal(">a", answer.Read<EchoResponse>().Text);
        Assert.Equal((2, true), (source.Given, source.IsLeft));
    }

    [Fact]
    public async Task HandleAsync_CancelledWhileItWaitsForAPush_IsCancelled()
    {
        await using var host = await StartAsync();
        using var cancel = new CancellationTokenSource();
        var source = new Source(Text("a")) { WaitsAtTheEnd = true };

        var call = host.CallAsync("test.join", Request, new PluginTestCall { Pushes = source.ReadAsync(cancel.Token) }, cancel.Token);
        await source.AtTheEnd;
        await cancel.CancelAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => call);
        Assert.True(source.IsLeft);
    }

    private static Task<PluginTestHost> StartAsync()
        => PluginTestHost.StartAsync(new DelegatePlugin(static builder => builder.AddCapability<JoinHandler>().AddCapability<AnswerHandler>()));

    private static PluginTestCall Pushing(params ReadOnlyMemory<byte>[] items) => new() { Pushes = new Source(items).ReadAsync() };

    private static ReadOnlyMemory<byte> Text(string text) => WireMessageSerializer.ToArray(new EchoResponse { Text = text });

    private sealed class Source(params ReadOnlyMemory<byte>[] items)
    {
        private readonly TaskCompletionSource _atTheEnd = new(TaskCreationOptions.RunContinuationsAsynchronously);

        public bool WaitsAtTheEnd { get; init; }

        public int Given { get; private set; }

        public bool IsLeft { get; private set; }

        public Task AtTheEnd => _atTheEnd.Task;

        public async IAsyncEnumerable<ReadOnlyMemory<byte>> ReadAsync([EnumeratorCancellation] CancellationToken cancellationToken = default)
        {
            try
            {
                foreach (var item in items)
                {
                    await Task.Yield();
                    Given++;
                    yield return item;
                }

                _atTheEnd.SetResult();
                if (WaitsAtTheEnd) await Task.Delay(Timeout.Infinite, cancellationToken);
            }
            finally
            {
                IsLeft = true;
            }
        }
    }
}
