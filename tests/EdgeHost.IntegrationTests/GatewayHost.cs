using EdgeHost.TestKit;

namespace EdgeHost.IntegrationTests;

/// <summary>A real host with its door for programs of OpenAI's interface open on a free port, a model that hears, and an app with a key.</summary>
public sealed class GatewayHost : IAsyncLifetime
{
    private readonly TempFolder _folder = new();
    private HostProcess? _process;

    /// <summary>Where the door is, with <c>/v1</c>.</summary>
    public Uri Address { get; private set; } = null!;

    /// <summary>The key of an app.</summary>
    public string Key { get; private set; } = "";

    public async Task InitializeAsync()
    {
        if (ModelsAvailability.CanPull)
        {
            var pull = await HostProcess.RunAsync(["models", "pull", "moonshine-tiny-en", "--endpoint", _folder.Combine("none.sock")], TimeSpan.FromMinutes(10));
            Assert.True(pull.ExitCode == 0, $"{pull.Output}\n{pull.Error}");
        }

        (_process, Address, Key) = await Gateways.StartAsync(_folder, "--set", "Gateway:MaxRequestBytes=65536", "--set", $"ModelStore:HomeFolder={EdgeHostPaths.Home}");
    }

    public async Task DisposeAsync()
    {
        if (_process is not null) await _process.DisposeAsync();
        _folder.Dispose();
    }
}
