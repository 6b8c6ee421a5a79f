using EdgeHost.Client;
using EdgeHost.Ipc.Tests.Support;
using EdgeHost.TestKit;
using Microsoft.Extensions.Time.Testing;

namespace EdgeHost.Ipc.Tests;

public class HelloTests
{
    [Theory]
    [InlineData("host.ping")]
    [InlineData("host.capabilities")]
    [InlineData("test.echo")]
    public async Task Call_BeforeHello_IsRefusedAndHelloStillWorks(string method)
    {
        await using var host = await TestHost.StartAsync();
        using var client = host.ConnectRaw();

        client.Send(RawClient.Request(7, method));

        var answer = client.Receive()!;
        Assert.Equal(7u, answer.Id);
        Assert.Equal(ErrorCode.Unauthenticated, answer.Error!.Code);
        client.Hello();
        client.Send(RawClient.Request(8, "host.ping"));
        Assert.Equal("""{"bytes":0}""", client.Receive()!.Json);
        Assert.Empty(host.Dispatcher.Calls);
    }

    [Theory]
    [InlineData("""{"protocol":1}""", ErrorCode.InvalidArgument, "app")]
    [InlineData("""{"app":"a"}""", ErrorCode.InvalidArgument, "protocol")]
    [InlineData("""{"protocol":1,"app":""}""", ErrorCode.InvalidArgument, "app")]
    [InlineData("""{"protocol":1,"app":"No Spaces"}""", ErrorCode.InvalidArgument, "app")]
    [InlineData("""{"protocol":1,"app":5}""", ErrorCode.InvalidArgument, "app")]
    [InlineData("""{"protocol":"1","app":"a"}""", ErrorCode.InvalidArgument, "protocol")]
    [InlineData("""{"protocol":2,"app":"a"}""", ErrorCode.FailedPrecondition, "protocol 1")]
    [InlineData("[1]", ErrorCode.InvalidArgument, "map")]
    public async Task Hello_Wrong_IsRefusedWithAReason(string body, ErrorCode code, string mentions)
    {
        await using var host = await TestHost.StartAsync();
        using var client = host.ConnectRaw();

        client.Send(RawClient.Request(1, "host.hello", RawClient.Json(body)));

        var error = client.Receive()!.Error!;
        Assert.Equal(code, error.Code);
        Assert.Contains(mentions, error.Message, StringComparison.Ordinal);
        client.Hello();
    }

    [Fact]
    public async Task Hello_WithUnknownFields_IgnoresThem()
    {
        await using var host = await TestHost.StartAsync();
        using var client = host.ConnectRaw();

        client.Send(RawClient.Request(1, "host.hello", RawClient.Json("""{"zzz":[1,{"a":2}],"protocol":1,"app":"a","token":null,"later":true}""")));

        var answer = client.Receive()!;
        Assert.Null(answer.Error);
        Assert.Contains("\"frame_bytes\":67108864", answer.Json, StringComparison.Ordinal);
        Assert.Contains("\"in_flight_calls\":256", answer.Json, StringComparison.Ordinal);
        Assert.Contains("\"credit\":16", answer.Json, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Hello_Twice_IsRefused()
    {
        await using var host = await TestHost.StartAsync();
        using var client = host.ConnectRaw();
        client.Hello();

        client.Send(RawClient.Request(1, "host.hello", RawClient.Json("""{"protocol":1,"app":"b"}""")));

        Assert.Equal(ErrorCode.FailedPrecondition, client.Receive()!.Error!.Code);
    }

    [Fact]
    public async Task Hello_Never_ClosesTheConnectionWithAReason()
    {
        var time = new FakeTimeProvider();
        await using var host = await TestHost.StartAsync(time: time);
        using var client = host.ConnectRaw();
        client.Send(RawClient.Request(1, "host.ping"));
        Assert.NotNull(client.Receive()!.Error);

        time.Advance(TimeSpan.FromSeconds(6));

        var reason = client.ReceiveClose();
        Assert.Equal(ErrorCode.Unauthenticated, reason.Code);
        Assert.Contains("host.hello", reason.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Idle_LongerThanAllowed_ClosesTheConnectionUnlessACallRuns()
    {
        var time = new FakeTimeProvider();
        await using var host = await TestHost.StartAsync(options => options.IdleTimeout = TimeSpan.FromMinutes(1), time);
        var slow = host.Dispatcher.Block("test.slow");
        using var busy = host.ConnectRaw();
        busy.Hello();
        busy.Send(RawClient.Request(1, "test.slow"));
        await slow.BeganAsync();
        using var idle = host.ConnectRaw();
        idle.Hello();

        time.Advance(TimeSpan.FromSeconds(61));

        Assert.Contains("idle", idle.ReceiveClose().Message, StringComparison.Ordinal);
        slow.Release();
        Assert.Equal("{}", busy.Receive()!.Json);
        await host.NoCallsAsync();
        time.Advance(TimeSpan.FromSeconds(121));
        Assert.Contains("idle", busy.ReceiveClose().Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task ConnectAsync_NoHost_SaysHowToStartOne()
    {
        using var folder = new TempFolder();

        var error = await Unexpected.FailsAsync(ErrorCode.Unavailable, () => EdgeHostClient.ConnectAsync(new EdgeHostClientOptions { Endpoint = folder.Combine("none.sock") }).AsTask());

        Assert.Contains("edgehost serve", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task ConnectAsync_HostThatNeverAnswers_TimesOut()
    {
        using var folder = new TempFolder();
        using var silent = new System.Net.Sockets.Socket(System.Net.Sockets.AddressFamily.Unix, System.Net.Sockets.SocketType.Stream, System.Net.Sockets.ProtocolType.Unspecified);
        silent.Bind(new System.Net.Sockets.UnixDomainSocketEndPoint(folder.Combine("s")));
        silent.Listen(1);

        var error = await Unexpected.FailsAsync(ErrorCode.Unavailable, () => EdgeHostClient.ConnectAsync(
            new EdgeHostClientOptions { Endpoint = folder.Combine("s"), ConnectTimeout = TimeSpan.FromMilliseconds(100) }).AsTask());

        Assert.Contains("did not answer", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task ConnectAsync_BadAppName_IsAnArgumentError()
        => await Assert.ThrowsAsync<ArgumentException>(() => EdgeHostClient.ConnectAsync(new EdgeHostClientOptions { AppName = "Bad Name" }).AsTask());

    [Fact]
    public void AppName_ByDefault_IsAValidName()
        => Assert.Matches("^[a-z0-9._-]{1,128}$", new EdgeHostClientOptions().AppName);
}
