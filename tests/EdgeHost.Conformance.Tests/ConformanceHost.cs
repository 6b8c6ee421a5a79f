using EdgeHost.Client;
using EdgeHost.TestKit;

namespace EdgeHost.Conformance.Tests;

/// <summary>
/// A real host with the plugins that the tests call, started by the first who asks; or the one whose endpoint EDGEHOST_CONFORMANCE_ENDPOINT
/// names, for a host that is not ours.
/// </summary>
public sealed class ConformanceHost : IAsyncLifetime
{
    private static readonly TimeSpan StartTimeout = TimeSpan.FromSeconds(60);
    private static readonly TimeSpan Poll = TimeSpan.FromMilliseconds(20);
    private readonly TempFolder _folder = new();
    private readonly Lock _gate = new();
    private HostProcess? _process;
    private Task<string>? _endpoint;

    public string Output => _process?.Output ?? string.Empty;

    /// <summary>Its process; null before it was started, and of a host that is not ours.</summary>
    public int? ProcessId => _process?.ProcessId;

    public Task<string> EndpointAsync()
    {
        lock (_gate) return _endpoint ??= StartAsync();
    }

    public Task InitializeAsync() => Task.CompletedTask;

    public async Task DisposeAsync()
    {
        if (_process is not null) await _process.DisposeAsync();
        _folder.Dispose();
    }

    private async Task<string> StartAsync()
    {
        if (Environment.GetEnvironmentVariable("EDGEHOST_CONFORMANCE_ENDPOINT") is { Length: > 0 } other) return other;
        var plugins = Directory.CreateDirectory(_folder.Combine("plugins")).FullName;
        Copy(Path.Combine(Repository.Artifacts, "test-plugins", "Conformance"), Path.Combine(plugins, "Conformance"));
        Copy(Path.Combine(Repository.Artifacts, "sample-plugins", "WordTools"), Path.Combine(plugins, "WordTools"));
        File.Copy(Path.Combine(Repository.Root, "sdk", "conformance", "apps.json"), Path.Combine(Directory.CreateDirectory(_folder.Combine("home")).FullName, "apps.json"));
        _process = HostProcess.Start(_folder.Combine("h.sock"), _folder.Combine("home"), "--plugins", plugins);
        using var deadline = new CancellationTokenSource(StartTimeout);
        while (true)
        {
            Assert.False(_process.HasExited, $"The host ended while it started. It printed:\n{_process.Output}");
            try
            {
                await using var client = await EdgeHostClient.ConnectAsync(new EdgeHostClientOptions { Endpoint = _process.Endpoint, AppName = "conformance" }, deadline.Token);
                return _process.Endpoint;
            }
            catch (EdgeHostException e) when (e.Code == ErrorCode.Unavailable && !deadline.IsCancellationRequested)
            {
                await Task.Delay(Poll, deadline.Token);
            }
        }
    }

    private static void Copy(string source, string target)
    {
        Directory.CreateDirectory(target);
        foreach (var file in Directory.EnumerateFiles(source)) File.Copy(file, Path.Combine(target, Path.GetFileName(file)));
    }
}
