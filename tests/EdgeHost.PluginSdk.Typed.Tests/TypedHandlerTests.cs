using EdgeHost.PluginSdk.Testing;
using Microsoft.Extensions.DependencyInjection;

namespace EdgeHost.PluginSdk.Typed.Tests;

public class TypedHandlerTests
{
    [Fact]
    public async Task AddCapability_Attribute_FillsDescriptor()
    {
        await using var host = await StartAsync();

        var echo = host.Capabilities[0];
        Assert.Equal(("test.echo", CapabilityKind.Unary, 3, "Says it."), (echo.Method, echo.Kind, echo.Version, echo.Summary));
        Assert.Equal(EchoRequest.JsonSchema, echo.RequestSchema);
        Assert.Equal(EchoResponse.JsonSchema, echo.ResponseSchema);
        Assert.Null(echo.ItemSchema);
        Assert.Equal(["m1"], echo.Models);
        Assert.Equal((CapabilityKind.ServerStream, EchoResponse.JsonSchema), (host.Capabilities[1].Kind, host.Capabilities[1].ItemSchema));
    }

    [Fact]
    public async Task HandleAsync_Request_ReachesHandlerWithServices()
    {
        await using var host = await StartAsync();
        var call = new PluginTestCall { App = new AppIdentity("someone", 1, 2) };

        var answer = await host.CallAsync<EchoRequest, EchoResponse>("test.echo", new EchoRequest { Text = "hi" }, call);

        Assert.Equal(">hi to someone", answer.Text);
    }

    [Fact]
    public async Task HandleAsync_BadBody_IsInvalidArgument()
    {
        await using var host = await StartAsync();

        var error = await Assert.ThrowsAsync<EdgeHostException>(() => host.CallAsync("test.echo", new byte[] { 0x80 }));

        Assert.Equal((ErrorCode.InvalidArgument, "The body lacks the required field 'text'."), (error.Code, error.Message));
    }

    [Fact]
    public async Task HandleAsync_Stream_SendsItemsThenResponse()
    {
        await using var host = await StartAsync();

        var answer = await host.CallAsync(
            "test.repeat", Serialization.WireMessageSerializer.ToArray(new EchoRequest { Text = "a", Times = 3 }));

        Assert.Equal(["a0", "a1", "a2"], answer.ReadItems<EchoResponse>().Select(static item => item.Text));
        Assert.Equal("done", answer.Read<EchoResponse>().Text);
    }

    [Fact]
    public async Task HandleAsync_CancelledStream_IsCancelled()
    {
        await using var host = await StartAsync();
        using var cancelled = new CancellationTokenSource();
        await cancelled.CancelAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => host.CallAsync<EchoRequest, EchoResponse>(
            "test.repeat", new EchoRequest { Text = "a" }, cancellationToken: cancelled.Token));
    }

    [Fact]
    public async Task AddCapability_Disposable_IsDisposedWithThePlugin()
    {
        var before = EchoHandler.Disposed;
        var host = await StartAsync();

        await host.StopAsync();

        Assert.Equal(before + 1, EchoHandler.Disposed);
    }

    [Fact]
    public async Task AddCapability_NoAttribute_SaysSo()
    {
        var plugin = new DelegatePlugin(static builder => builder.AddCapability<UnnamedHandler>());

        var error = await Assert.ThrowsAsync<InvalidOperationException>(() => PluginTestHost.StartAsync(plugin));

        Assert.Contains("[Capability", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task AddCapability_Description_TakesItsMethod()
    {
        var plugin = new DelegatePlugin(static builder => builder.AddCapability<UnnamedHandler>(new CapabilityDescriptor { Method = "test.named" }));
        await using var host = await PluginTestHost.StartAsync(plugin);

        Assert.Equal(EchoRequest.JsonSchema, Assert.Single(host.Capabilities).RequestSchema);
        await Assert.ThrowsAsync<InvalidOperationException>(
            () => host.CallAsync<EchoRequest, EchoResponse>("test.named", new EchoRequest { Text = "" }));
    }

    [Fact]
    public async Task AddCapability_SameMethodTwice_IsRefused()
    {
        var plugin = new DelegatePlugin(static builder => builder.AddCapability<RepeatHandler>().AddCapability<RepeatHandler>());

        await Assert.ThrowsAsync<InvalidOperationException>(() => PluginTestHost.StartAsync(plugin));
    }

    [Theory]
    [InlineData("test.echo", "test.repeat", "test.more")]
    [InlineData("test.echo")]
    public async Task StartAsync_OtherCapabilitiesThanManifest_IsRefused(params string[] manifest)
        => await Assert.ThrowsAsync<InvalidOperationException>(() => StartAsync(new PluginTestOptions { ManifestCapabilities = manifest }));

    [Fact]
    public async Task SendItemAsync_Unary_Throws()
    {
        var context = new FakeCapabilityContext("test.echo", ReadOnlyMemory<byte>.Empty);

        await Assert.ThrowsAsync<InvalidOperationException>(async () => await context.SendItemAsync(new byte[] { 1 }, CancellationToken.None));
    }

    [Fact]
    public async Task Models_Default_AreNotFound()
    {
        var context = new FakeCapabilityContext("test.echo", ReadOnlyMemory<byte>.Empty);

        var error = await Assert.ThrowsAsync<EdgeHostException>(async () => await context.Models.LeaseAsync("m", CancellationToken.None));

        Assert.Equal(ErrorCode.NotFound, error.Code);
    }

    private static Task<PluginTestHost> StartAsync(PluginTestOptions? options = null)
        => PluginTestHost.StartAsync(
            new DelegatePlugin(static builder =>
            {
                builder.Services.AddSingleton(new Prefix(">"));
                builder.AddCapability<EchoHandler>().AddCapability<RepeatHandler>();
            }),
            options);
}
