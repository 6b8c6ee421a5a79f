using System.ComponentModel;
using System.Diagnostics;
using EdgeHost.TestKit;

namespace EdgeHost.Conformance.Tests.Clients;

/// <summary>The interpreters of this machine, and running them to their end.</summary>
internal static class Tools
{
    private static readonly TimeSpan ProbeTimeout = TimeSpan.FromSeconds(30);
    private static readonly TimeSpan InstallTimeout = TimeSpan.FromMinutes(3);
    private static readonly Lazy<string?> PythonFound = new(FindPython);
    private static readonly Lazy<bool> NodeFound = new(() => Succeeds("node", "-e", "process.exit(+process.versions.node.split('.')[0] >= 20 ? 0 : 1)") && Succeeds("npm", "--version"));
    private static readonly Lazy<bool> PerlFound = new(() => Succeeds("perl", "-MJSON::PP", "-MIO::Socket::UNIX", "-MIO::Select", "-MTime::HiRes", "-e", "exit(pack('Q>', 1) ? 0 : 1)"));
    private static readonly Lock Gate = new();
    private static Task? _nodePackages;

    /// <summary>The first of <c>$EDGEHOST_PYTHON</c>, <c>python3</c> and <c>/usr/bin/python3</c> that is 3.10 or later and has msgpack; null if none has.</summary>
    public static string? Python => PythonFound.Value;

    public static bool HasNode => NodeFound.Value;

    public static bool HasPerl => PerlFound.Value;

    /// <summary>Completes when the packages of sdk/node are there.</summary>
    public static Task EnsureNodePackagesAsync()
    {
        lock (Gate) return _nodePackages ??= InstallNodePackagesAsync();
    }

    /// <summary>Runs a program to its end.</summary>
    /// <exception cref="TimeoutException">It did not end in time; it was ended.</exception>
    public static async Task<CommandResult> RunAsync(
        string folder, TimeSpan timeout, IReadOnlyDictionary<string, string>? environment, string program, params IReadOnlyList<string> arguments)
    {
        var start = new ProcessStartInfo(program, arguments) { WorkingDirectory = folder, RedirectStandardOutput = true, RedirectStandardError = true, UseShellExecute = false };
        foreach (var (name, value) in environment ?? new Dictionary<string, string>()) start.Environment[name] = value;
        using var process = Process.Start(start)!;
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
            throw new TimeoutException($"'{program} {string.Join(' ', arguments)}' did not end within {timeout}.\n{await output}\n{await error}", e);
        }

        return new CommandResult(process.ExitCode, await output, await error);
    }

    private static string? FindPython()
        => new[] { Environment.GetEnvironmentVariable("EDGEHOST_PYTHON"), "python3", "/usr/bin/python3" }
            .FirstOrDefault(candidate => !string.IsNullOrEmpty(candidate) && Succeeds(candidate, "-c", "import msgpack, sys; sys.exit(sys.version_info < (3, 10))"));

    private static bool Succeeds(string program, params string[] arguments)
    {
        try
        {
            using var process = Process.Start(new ProcessStartInfo(program, arguments) { RedirectStandardOutput = true, RedirectStandardError = true, UseShellExecute = false })!;
            if (process.WaitForExit(ProbeTimeout)) return process.ExitCode == 0;
            process.Kill(entireProcessTree: true);
            return false;
        }
        catch (Win32Exception)
        {
            return false;
        }
    }

    private static async Task InstallNodePackagesAsync()
    {
        var folder = Path.Combine(Repository.Root, "sdk", "node");
        var installed = new FileInfo(Path.Combine(folder, "node_modules", ".package-lock.json"));
        if (installed.Exists && installed.LastWriteTimeUtc >= File.GetLastWriteTimeUtc(Path.Combine(folder, "package-lock.json"))) return;
        var result = await RunAsync(folder, InstallTimeout, environment: null, "npm", "ci");
        Assert.True(result.ExitCode == 0, $"'npm ci' in sdk/node failed:\n{result.Output}\n{result.Error}");
    }
}
