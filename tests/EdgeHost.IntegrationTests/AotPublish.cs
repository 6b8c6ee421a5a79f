using System.Diagnostics;
using System.Runtime.InteropServices;
using EdgeHost.TestKit;

namespace EdgeHost.IntegrationTests;

/// <summary>Publishes the sample that is compiled ahead of time, in a folder beside no other build's.</summary>
internal static class AotPublish
{
    private static readonly TimeSpan Limit = TimeSpan.FromMinutes(8);
    private static readonly string Runtime = RuntimeInformation.OSArchitecture == Architecture.Arm64 ? "linux-arm64" : "linux-x64";
    private static readonly string Folder = Path.Combine(Path.GetTempPath(), $"edgehost-aot-{Environment.ProcessId}");

    /// <summary>The executable.</summary>
    public static string Executable => Path.Combine(Folder, "out", "AotTour");

    /// <summary>Whether the compiler's package is on the machine.</summary>
    public static bool HasCompiler => Directory.Exists(Path.Combine(
        Environment.GetEnvironmentVariable("NUGET_PACKAGES") ?? Path.Combine(Environment.GetFolderPath(Environment.SpecialFolder.UserProfile), ".nuget", "packages"),
        $"runtime.{Runtime}.microsoft.dotnet.ilcompiler"));

    /// <summary>Gets the packages.</summary>
    public static Task<CommandResult> RestoreAsync() => RunAsync("restore");

    /// <summary>Compiles and links.</summary>
    public static Task<CommandResult> PublishAsync()
        => RunAsync("publish", "-c", "Release", "-o", Path.Combine(Folder, "out"), "-p:RunAnalyzersDuringBuild=false", "-nodeReuse:false");

    /// <summary>Takes everything away.</summary>
    public static void Delete()
    {
        if (Directory.Exists(Folder)) Directory.Delete(Folder, recursive: true);
    }

    private static async Task<CommandResult> RunAsync(string verb, params string[] arguments)
    {
        var start = new ProcessStartInfo("dotnet", [verb, Path.Combine(Repository.Root, "samples", "AotTour"), "-r", Runtime, "--artifacts-path", Folder, .. arguments])
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            UseShellExecute = false,
        };

        // Those of the test's own runner would steer this build.
        foreach (var name in start.Environment.Keys.Where(static key => key.StartsWith("MSBUILD", StringComparison.OrdinalIgnoreCase)).ToArray()) start.Environment.Remove(name);
        using var process = Process.Start(start)!;
        var output = process.StandardOutput.ReadToEndAsync();
        var error = process.StandardError.ReadToEndAsync();
        using var limit = new CancellationTokenSource(Limit);
        try
        {
            await process.WaitForExitAsync(limit.Token).ConfigureAwait(false);
        }
        catch (OperationCanceledException)
        {
            process.Kill(entireProcessTree: true);
            throw;
        }

        return new CommandResult(process.ExitCode, await output.ConfigureAwait(false), await error.ConfigureAwait(false));
    }
}
