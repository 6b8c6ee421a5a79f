using System.ComponentModel;
using System.Diagnostics;

namespace EdgeHost.TestKit;

/// <summary>Packages of npm that tests compare with or use as clients; installed once beside the build's output. Thread-safe.</summary>
public static class NpmPackages
{
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(3);
    private static readonly Lock Gate = new();

    /// <summary>The folder of a set, in whose <c>node_modules</c> its packages are.</summary>
    public static string FolderOf(string set) => Path.Combine(Repository.Root, "artifacts", "npm", set);

    /// <summary>Installs a set of packages that is not there yet.</summary>
    /// <param name="set">Its name: that of the test project.</param>
    /// <param name="packages">Each as name@version.</param>
    /// <returns>Null, or why they cannot be had: the reason to skip a test.</returns>
    public static string? Install(string set, params string[] packages)
    {
        var folder = FolderOf(set);
        lock (Gate)
        {
            if (!Runs("node", "--version")) return "There is no node on this machine.";
            if (packages.All(package => Directory.Exists(Path.Combine(folder, "node_modules", package[..package.LastIndexOf('@')])))) return null;
            Directory.CreateDirectory(folder);
            return Runs("npm", ["install", "--no-audit", "--no-fund", "--ignore-scripts", "--no-save", "--prefix", folder, .. packages])
                ? null
                : $"npm cannot install {string.Join(", ", packages)}.";
        }
    }

    private static bool Runs(string program, params string[] arguments)
    {
        try
        {
            using var process = Process.Start(new ProcessStartInfo(program, arguments) { UseShellExecute = false, RedirectStandardOutput = true, RedirectStandardError = true })!;
            process.OutputDataReceived += static (_, _) => { };
            process.ErrorDataReceived += static (_, _) => { };
            process.BeginOutputReadLine();
            process.BeginErrorReadLine();
            if (process.WaitForExit(Patience)) return process.ExitCode == 0;
            process.Kill(entireProcessTree: true);
            return false;
        }
        catch (Win32Exception)
        {
            return false;
        }
    }
}
