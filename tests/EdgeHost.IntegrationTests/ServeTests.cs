using System.Runtime.Versioning;
using EdgeHost.TestKit;

namespace EdgeHost.IntegrationTests;

/// <summary>The life of the process: start, stop, what a second one does, what a killed one leaves.</summary>
public class ServeTests
{
    private static readonly TimeSpan Timeout = TimeSpan.FromSeconds(60);

    [Fact]
    public async Task Serve_OnSigterm_StopsCleanlyAndRemovesItsSocket()
    {
        using var folder = new TempFolder();
        await using var host = HostProcess.Start(folder.Combine("a.sock"), folder.Combine("home"));
        await (await Hosts.ConnectAsync(host)).DisposeAsync();

        var exitCode = await host.StopAsync(Timeout);

        Assert.Equal(0, exitCode);
        Assert.False(File.Exists(host.Endpoint));
    }

    [Fact]
    public async Task Serve_WhenAHostHoldsTheSocket_RefusesAndNamesIt()
    {
        using var folder = new TempFolder();
        await using var first = HostProcess.Start(folder.Combine("a.sock"), folder.Combine("home"));
        await using var client = await Hosts.ConnectAsync(first);

        await using var second = HostProcess.Start(folder.Combine("a.sock"), folder.Combine("home"));
        await second.WaitForExitAsync(Timeout);

        Assert.Equal(1, second.ExitCode);
        Assert.Contains(first.ProcessId.ToString(), second.Output, StringComparison.Ordinal);
        Assert.DoesNotContain("   at ", second.Output, StringComparison.Ordinal);
        await client.PingAsync();
    }

    [Fact]
    public async Task Serve_AfterAKilledHost_TakesItsSocketOver()
    {
        using var folder = new TempFolder();
        await using (var killed = HostProcess.Start(folder.Combine("a.sock"), folder.Combine("home")))
        {
            await (await Hosts.ConnectAsync(killed)).DisposeAsync();
            killed.Kill();
            await killed.WaitForExitAsync(Timeout);
            Assert.True(File.Exists(killed.Endpoint));
        }

        await using var next = HostProcess.Start(folder.Combine("a.sock"), folder.Combine("home"));
        await using var client = await Hosts.ConnectAsync(next);
        await client.PingAsync();
    }

    [UnixFact]
    [UnsupportedOSPlatform("windows")]
    public async Task Serve_SocketAndFolder_BelongToTheUserAlone()
    {
        using var folder = new TempFolder();
        await using var host = HostProcess.Start(folder.Combine("run", "a.sock"), folder.Combine("home"));
        await (await Hosts.ConnectAsync(host)).DisposeAsync();

        Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(host.Endpoint));
        Assert.Equal(
            UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute,
            File.GetUnixFileMode(folder.Combine("run")));
    }

    [Fact]
    public async Task Serve_WithAnImpossibleOption_SaysWhatIsAllowed()
    {
        using var folder = new TempFolder();

        var result = await HostProcess.RunAsync(["serve", "--endpoint", folder.Combine("a.sock"), "--memory-budget", "5"], Timeout);

        Assert.Equal(2, result.ExitCode);
        Assert.Contains("1048576", result.Error, StringComparison.Ordinal);
        Assert.DoesNotContain("   at ", result.Error, StringComparison.Ordinal);
    }

    [UnixFact]
    public async Task Serve_WhereNoSocketCanBe_SaysSo()
    {
        var result = await HostProcess.RunAsync(["serve", "--endpoint", "/proc/nowhere/a.sock"], Timeout);

        Assert.Equal(1, result.ExitCode);
        Assert.Contains("failed_precondition", result.Error, StringComparison.Ordinal);
    }
}
