using System.Text.RegularExpressions;
using EdgeHost.IntegrationTests.Running;
using EdgeHost.TestKit;

namespace EdgeHost.IntegrationTests;

/// <summary>A real host with its door for programs of OpenAI's interface open on a free port, and an app with a key.</summary>
public sealed partial class GatewayHost : IAsyncLifetime
{
    private const string App = "gateway-tests";
    private readonly TempFolder _folder = new();
    private HostProcess? _process;

    public HostProcess Process => _process ?? throw new InvalidOperationException("The host was not started.");

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

        var home = _folder.Combine("home");
        var added = await HostProcess.RunAsync(["apps", "add", App, "--token", "--home", home], TimeSpan.FromMinutes(1));
        Assert.True(added.ExitCode == 0, added.Error);
        Key = $"{App}:{added.Output.Trim()}";
        _process = HostProcess.Start(
            _folder.Combine("h.sock"), home, "--gateway", "--set", "Gateway:Port=0", "--set", "Gateway:MaxRequestBytes=65536", "--set", $"ModelStore:HomeFolder={EdgeHostPaths.Home}");
        await using (await Hosts.ConnectAsync(_process, "starter"))
        {
        }

        var line = await Until.HoldsAsync(
            "the door's address in the log", () => Task.FromResult(Listening().Match(_process.Output)), static match => match.Success, static match => match.Value, () => _process.Output);
        Address = new Uri(line.Groups["address"].Value);
    }

    public async Task DisposeAsync()
    {
        if (_process is not null) await _process.DisposeAsync();
        _folder.Dispose();
    }

    [GeneratedRegex(@"served on (?<address>http://127\.0\.0\.1:[0-9]+/v1);", RegexOptions.NonBacktracking)]
    private static partial Regex Listening();
}
