using System.Diagnostics;
using System.Text;

namespace EdgeHost.TestKit;

/// <summary>
/// The real executable, started on a socket of its own. Disposing ends it; what it printed is in <see cref="Output"/> for the message of a
/// failed test.
/// </summary>
public sealed class HostProcess : IAsyncDisposable
{
    private const int MostOutputCharacters = 1 << 20;
    private readonly Process _process;
    private readonly TempFolder? _home;
    private readonly StringBuilder _output = new();

    private HostProcess(Process process, string endpoint, TempFolder? home)
    {
        _process = process;
        Endpoint = endpoint;
        _home = home;
    }

    /// <summary>The executable that the build made.</summary>
    public static string Executable => Path.Combine(
        Repository.Artifacts, "bin", "EdgeHost", Repository.Configuration, OperatingSystem.IsWindows() ? "edgehost.exe" : "edgehost");

    public string Endpoint { get; }

    public int ProcessId => _process.Id;

    public bool HasExited => _process.HasExited;

    public int ExitCode => _process.ExitCode;

    /// <summary>Standard output and error so far.</summary>
    public string Output
    {
        get
        {
            lock (_output) return _output.ToString();
        }
    }

    /// <summary>Starts <c>edgehost serve</c>; the socket may not be there yet.</summary>
    /// <param name="endpoint">The socket's path, short enough for the platform (about 100 characters).</param>
    /// <param name="home">The folder of models and data; null for a new one of its own, with the models that the user's own has.</param>
    /// <param name="arguments">Further arguments.</param>
    public static HostProcess Start(string endpoint, string? home = null, params string[] arguments)
        => Start(endpoint, home, new Dictionary<string, string>(), arguments);

    /// <summary>Starts <c>edgehost serve</c> with further environment variables.</summary>
    public static HostProcess Start(string endpoint, string? home, IReadOnlyDictionary<string, string> environment, params string[] arguments)
    {
        // What a user's host, or a test of another version, left behind is nothing to a test; only models are worth sharing.
        var ownHome = home is null ? new TempFolder() : null;
        string[] place = home is not null
            ? ["--home", home]
            :
            [
                "--home", ownHome!.Path,
                "--set", $"ModelStore:HomeFolder={EdgeHostPaths.Home}",
                "--set", $"OnnxRuntime:PreparedFolder={Path.Combine(EdgeHostPaths.Home, "prepared")}",
            ];
        var start = CommandInfo(["serve", "--endpoint", endpoint, .. place, .. arguments]);
        foreach (var (name, value) in environment) start.Environment[name] = value;
        var host = new HostProcess(new Process { StartInfo = start }, endpoint, ownHome);
        host._process.OutputDataReceived += (_, e) => host.Append(e.Data);
        host._process.ErrorDataReceived += (_, e) => host.Append(e.Data);
        host._process.Start();
        host._process.BeginOutputReadLine();
        host._process.BeginErrorReadLine();
        return host;
    }

    /// <summary>Runs a verb of the executable to its end.</summary>
    public static async Task<CommandResult> RunAsync(IReadOnlyList<string> arguments, TimeSpan timeout, string? standardInput = null, IReadOnlyDictionary<string, string>? environment = null)
    {
        var start = CommandInfo(arguments);
        foreach (var (name, value) in environment ?? new Dictionary<string, string>()) start.Environment[name] = value;
        start.RedirectStandardInput = true;
        using var process = Process.Start(start)!;
        await process.StandardInput.WriteAsync(standardInput ?? string.Empty);
        process.StandardInput.Close();
        var output = process.StandardOutput.ReadToEndAsync();
        var error = process.StandardError.ReadToEndAsync();
        using var deadline = new CancellationTokenSource(timeout);
        try
        {
            await process.WaitForExitAsync(deadline.Token);
        }
        catch (OperationCanceledException e)
        {
            process.Kill(entireProcessTree: true);
            throw new TimeoutException($"'edgehost {string.Join(' ', arguments)}' did not end within {timeout}.", e);
        }

        return new CommandResult(process.ExitCode, await output, await error);
    }

    /// <summary>Asks it to stop as a service manager would (SIGTERM) and waits.</summary>
    public async Task<int> StopAsync(TimeSpan timeout)
    {
        if (!_process.HasExited) await SignalAsync("TERM");
        await WaitForExitAsync(timeout);
        return _process.ExitCode;
    }

    /// <summary>Sends it a signal of Unix.</summary>
    /// <param name="name">Without SIG, for example <c>STOP</c>.</param>
    public async Task SignalAsync(string name)
    {
        using var kill = Process.Start("kill", [$"-{name}", _process.Id.ToString()]);
        await kill.WaitForExitAsync();
    }

    /// <summary>Ends it without any chance to clean up (SIGKILL).</summary>
    public void Kill() => _process.Kill();

    public async Task WaitForExitAsync(TimeSpan timeout)
    {
        using var deadline = new CancellationTokenSource(timeout);
        try
        {
            await _process.WaitForExitAsync(deadline.Token);
        }
        catch (OperationCanceledException e)
        {
            throw new TimeoutException($"The host (process {_process.Id}) did not end within {timeout}. It printed:\n{Output}", e);
        }
    }

    public async ValueTask DisposeAsync()
    {
        if (!_process.HasExited)
        {
            _process.Kill(entireProcessTree: true);
            await _process.WaitForExitAsync();
        }

        _process.Dispose();
        _home?.Dispose();
    }

    private static ProcessStartInfo CommandInfo(IReadOnlyList<string> arguments)
    {
        if (!File.Exists(Executable)) throw new FileNotFoundException("The host is not built in this configuration.", Executable);
        return new ProcessStartInfo(Executable, arguments)
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            UseShellExecute = false,
        };
    }

    private void Append(string? line)
    {
        if (line is null) return;
        lock (_output)
        {
            if (_output.Length < MostOutputCharacters) _output.AppendLine(line);
        }
    }
}
