using System.Diagnostics;
using EdgeHost.Client;

namespace EdgeHost.Host.Demo;

/// <summary>A host in a process of its own, on a socket of its own, for as long as the demo runs.</summary>
internal sealed class DemoHost : IAsyncDisposable
{
    private static readonly TimeSpan StartTimeout = TimeSpan.FromSeconds(30);
    private static readonly TimeSpan StopTimeout = TimeSpan.FromSeconds(15);
    private static readonly TimeSpan Poll = TimeSpan.FromMilliseconds(20);
    private readonly Process _process;
    private readonly DirectoryInfo _folder;

    private DemoHost(Process process, DirectoryInfo folder, string endpoint)
    {
        _process = process;
        _folder = folder;
        Endpoint = endpoint;
    }

    public string Endpoint { get; }

    /// <summary>From the start of the process to the first accepted call.</summary>
    public TimeSpan StartTime { get; private set; }

    public static async Task<DemoHost> StartAsync(string home, TimeProvider time, CancellationToken cancellationToken)
    {
        var folder = Directory.CreateTempSubdirectory("edgehost-");
        var endpoint = Path.Combine(folder.FullName, "demo.sock");
        var program = Environment.ProcessPath ?? throw new EdgeHostException(ErrorCode.Internal, "This program cannot find its own executable.");
        var start = new ProcessStartInfo(program) { UseShellExecute = false, RedirectStandardInput = true };

        // Started as `dotnet edgehost.dll`, the process is dotnet itself.
        if (Path.GetFileNameWithoutExtension(program) == "dotnet") start.ArgumentList.Add(Path.Combine(AppContext.BaseDirectory, "edgehost.dll"));
        foreach (var argument in (string[])["serve", "--endpoint", endpoint, "--home", home, "--quiet", "--stop-with-input"]) start.ArgumentList.Add(argument);

        var startedAt = time.GetTimestamp();
        var process = Process.Start(start) ?? throw new EdgeHostException(ErrorCode.Internal, "The host's process could not be started.");
        var host = new DemoHost(process, folder, endpoint);
        try
        {
            await host.WaitUntilReadyAsync(time, startedAt, cancellationToken).ConfigureAwait(false);
            return host;
        }
        catch
        {
            await host.DisposeAsync().ConfigureAwait(false);
            throw;
        }
    }

    public async ValueTask DisposeAsync()
    {
        if (!_process.HasExited)
        {
            // The host ends when its input does: this works on every platform, and also when the demo itself is killed.
            _process.StandardInput.Close();
            using var deadline = new CancellationTokenSource(StopTimeout);
            try
            {
                await _process.WaitForExitAsync(deadline.Token).ConfigureAwait(false);
            }
            catch (OperationCanceledException)
            {
                _process.Kill(entireProcessTree: true);
            }
        }

        _process.Dispose();
        _folder.Delete(recursive: true);
    }

    private async Task WaitUntilReadyAsync(TimeProvider time, long startedAt, CancellationToken cancellationToken)
    {
        while (true)
        {
            if (_process.HasExited)
            {
                throw new EdgeHostException(ErrorCode.Unavailable, $"The host ended with exit code {_process.ExitCode}; run 'edgehost serve' to see why.");
            }

            try
            {
                await using var client = await EdgeHostClient.ConnectAsync(
                    new EdgeHostClientOptions { Endpoint = Endpoint, AppName = "edgehost-demo" }, cancellationToken).ConfigureAwait(false);
                await client.PingAsync(cancellationToken: cancellationToken).ConfigureAwait(false);
                StartTime = time.GetElapsedTime(startedAt);
                return;
            }
            catch (EdgeHostException e) when (e.Code == ErrorCode.Unavailable && time.GetElapsedTime(startedAt) < StartTimeout)
            {
                await Task.Delay(Poll, time, cancellationToken).ConfigureAwait(false);
            }
        }
    }
}
