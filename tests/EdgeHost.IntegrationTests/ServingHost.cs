using EdgeHost.Client;
using EdgeHost.TestKit;

namespace EdgeHost.IntegrationTests;

/// <summary>A real host on a socket of its own, with the vision models pulled, for all tests of a class.</summary>
public sealed class ServingHost : IAsyncLifetime
{
    private static readonly TimeSpan PullTimeout = TimeSpan.FromMinutes(10);
    private readonly TempFolder _folder = new();
    private HostProcess? _process;

    public string Endpoint => _folder.Combine("host.sock");

    /// <summary>A plugins folder that the host looks at; empty at first.</summary>
    public string PluginsFolder => _folder.Combine("plugins");

    public HostProcess Process => _process ?? throw new InvalidOperationException("The host was not started.");

    public async Task InitializeAsync()
    {
        Directory.CreateDirectory(PluginsFolder);
        if (ModelsAvailability.CanPull)
        {
            var pull = await HostProcess.RunAsync(["models", "pull", "--all", "--endpoint", _folder.Combine("none.sock")], PullTimeout);
            Assert.True(pull.ExitCode == 0, $"The models could not be pulled:\n{pull.Output}\n{pull.Error}");
        }

        _process = HostProcess.Start(Endpoint, home: null, "--plugins", PluginsFolder);
        await using var client = await Hosts.ConnectAsync(_process);
    }

    public async Task DisposeAsync()
    {
        if (_process is not null) await _process.DisposeAsync();
        _folder.Dispose();
    }

    public Task<EdgeHostClient> ConnectAsync(string app = "integration-tests") => Hosts.ConnectAsync(Process, app);

    public Task<CommandResult> RunAsync(params string[] arguments)
        => HostProcess.RunAsync([.. arguments, "--endpoint", Endpoint], TimeSpan.FromMinutes(1));
}
