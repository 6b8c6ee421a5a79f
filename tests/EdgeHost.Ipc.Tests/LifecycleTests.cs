using System.Net.Sockets;
using System.Runtime.Versioning;
using EdgeHost.Ipc.Tests.Support;
using EdgeHost.TestKit;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Options;

namespace EdgeHost.Ipc.Tests;

[UnsupportedOSPlatform("windows")]
public class LifecycleTests
{
    [Fact]
    public async Task StartAsync_FreshPlace_IsForItsOwnerAlone()
    {
        await using var host = await TestHost.StartAsync();

        Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(host.Endpoint));
        Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute, File.GetUnixFileMode(Path.GetDirectoryName(host.Endpoint)!));
    }

    [Fact]
    public async Task StartAsync_SecondHostOnTheSamePlace_IsRefusedAndNamesTheHolder()
    {
        using var folder = new TempFolder();
        await using var first = await TestHost.StartAsync(folder: folder);

        var error = await Unexpected.FailsAsync(ErrorCode.AlreadyExists, () => TestHost.StartAsync(folder: folder));

        Assert.Contains($"process {Environment.ProcessId}", error.Message, StringComparison.Ordinal);
        await using var client = await first.ConnectAsync();
        await client.PingAsync().Soon();
    }

    [Fact]
    public async Task StartAsync_SocketOfAnotherProgramThatListens_IsRefused()
    {
        using var folder = new TempFolder();
        Directory.CreateDirectory(folder.Combine("run"));
        using var other = new Socket(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified);
        other.Bind(new UnixDomainSocketEndPoint(folder.Combine("run", "edgehost.sock")));
        other.Listen(1);

        await Unexpected.FailsAsync(ErrorCode.AlreadyExists, () => TestHost.StartAsync(folder: folder));
    }

    [Fact]
    public async Task StartAsync_StaleSocket_IsTakenOver()
    {
        using var folder = new TempFolder();
        var path = folder.Combine("run", "edgehost.sock");
        Directory.CreateDirectory(folder.Combine("run"));
        using (var dead = new Socket(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified))
        {
            dead.Bind(new UnixDomainSocketEndPoint(path));
            dead.Listen(1);
            File.Move(path, path + ".kept"); // closing the socket takes its own name away; a killed process does not
        }

        File.Move(path + ".kept", path);

        await using var host = await TestHost.StartAsync(folder: folder);
        await using var client = await host.ConnectAsync();
        await client.PingAsync().Soon();
    }

    [Fact]
    public async Task StartAsync_FolderOpenToEverybody_IsRefused()
    {
        using var folder = new TempFolder();
        Directory.CreateDirectory(folder.Combine("run"));
        File.SetUnixFileMode(folder.Combine("run"), (UnixFileMode)0b111_111_111);

        var error = await Unexpected.FailsAsync(ErrorCode.FailedPrecondition, () => TestHost.StartAsync(folder: folder));

        Assert.Contains("chmod", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task StartAsync_PathTooLongForASocket_SaysSo()
    {
        using var folder = new TempFolder();

        await Unexpected.FailsAsync(ErrorCode.InvalidArgument, () => TestHost.StartAsync(options => options.Endpoint = folder.Combine(new string('x', 120)), folder: folder));
    }

    [Fact]
    public async Task StopAsync_NoCalls_TakesTheSocketAwayAndTellsClients()
    {
        using var folder = new TempFolder();
        await using var host = await TestHost.StartAsync(folder: folder);
        await using var client = await host.ConnectAsync();
        using var raw = host.ConnectRaw();
        raw.Hello();

        await host.StopAsync().Soon();

        Assert.False(File.Exists(host.Endpoint));
        await client.Closed.Soon();
        Assert.Contains("stopping", client.GoingAwayReason, StringComparison.Ordinal);
        Assert.Equal(ErrorCode.Unavailable, raw.ReceiveClose().Code);
        await using var next = await TestHost.StartAsync(folder: folder);
        await using var again = await next.ConnectAsync();
    }

    [Fact]
    public async Task StopAsync_CallInFlight_LetsItEndAndRefusesNewOnes()
    {
        await using var host = await TestHost.StartAsync();
        var slow = host.Dispatcher.Block("test.slow");
        using var client = host.ConnectRaw();
        client.Hello();
        client.Send(RawClient.Request(1, "test.slow", RawClient.Json("""{"x":1}""")));
        await slow.BeganAsync();

        var stopping = host.StopAsync();
        Assert.Equal("$/going_away", client.Receive()!.Method);
        client.Send(RawClient.Request(2, "test.echo"));
        var refused = client.Receive()!;
        Assert.Equal(2u, refused.Id);
        Assert.Equal(ErrorCode.Unavailable, refused.Error!.Code);
        Assert.False(stopping.IsCompleted);
        slow.Release();

        Assert.Equal("""{"x":1}""", client.Receive()!.Json);
        await stopping.Soon();
    }

    [Fact]
    public async Task StopAsync_CallThatDoesNotEnd_IsCancelledAfterTheDrainTime()
    {
        await using var host = await TestHost.StartAsync(options => options.DrainTimeout = TimeSpan.FromMilliseconds(50));
        await using var client = await host.ConnectAsync();
        var slow = host.Dispatcher.Block("test.slow");
        var call = client.CallAsync("test.slow", default).AsTask();
        await slow.BeganAsync();

        await host.StopAsync().Soon();

        await slow.CancelledAsync();
        await Unexpected.FailsAsync(ErrorCode.Cancelled, () => call);
    }

    [Fact]
    public async Task Host_Vanishes_EveryCallFailsOnce()
    {
        var host = await TestHost.StartAsync(options => options.DrainTimeout = TimeSpan.Zero);
        await using var client = await host.ConnectAsync();
        var slow = host.Dispatcher.Block("test.slow");
        var calls = Enumerable.Range(0, 300).Select(_ => client.CallAsync("test.slow", default).AsTask()).ToArray(); // 44 of them wait for a slot
        await slow.BeganAsync(256);

        await host.DisposeAsync();

        foreach (var call in calls)
        {
            var error = await Assert.ThrowsAsync<EdgeHostException>(() => call.Soon());
            Assert.True(error.Code is ErrorCode.Unavailable or ErrorCode.Cancelled, error.Message);
        }
    }

    [Fact]
    public void AddEdgeHostIpc_OptionsOutOfRange_NamesEachOne()
    {
        var services = new ServiceCollection().AddLogging().AddEdgeHostIpc(options =>
        {
            options.MaxConnections = 0;
            options.MaxDepth = 65;
            options.SendTimeout = TimeSpan.Zero;
            options.IdleTimeout = TimeSpan.FromMilliseconds(1);
            options.ParkAfter = TimeSpan.FromTicks(1);
        });
        using var provider = services.BuildServiceProvider();

        var error = Assert.Throws<OptionsValidationException>(() => provider.GetRequiredService<IOptions<IpcOptions>>().Value);

        Assert.Equal(5, error.Failures.Count());
        Assert.Contains(services, service => service.ServiceType == typeof(IHostedService));
    }
}
