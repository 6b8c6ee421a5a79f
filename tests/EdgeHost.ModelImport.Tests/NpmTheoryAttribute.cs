using System.Diagnostics;
using EdgeHost.TestKit;

namespace EdgeHost.ModelImport.Tests;

/// <summary>A test that needs packages of npm and node; they are installed once beside the build's output. Skipped with the reason where they cannot be had.</summary>
[AttributeUsage(AttributeTargets.Method)]
internal sealed class NpmTheoryAttribute : TheoryAttribute
{
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(3);
    private static readonly Lock Gate = new();

    public NpmTheoryAttribute(params string[] packages)
    {
        lock (Gate)
        {
            if (packages.All(IsThere)) return;
            Directory.CreateDirectory(Folder);
            if (!Runs("node", "--version")) Skip = "There is no node on this machine.";
            else if (!Runs("npm", ["install", "--no-audit", "--no-fund", "--ignore-scripts", "--no-save", "--prefix", Folder, .. packages])) Skip = $"npm cannot install {string.Join(", ", packages)}.";
        }
    }

    public static string Folder { get; } = Path.Combine(Repository.Root, "artifacts", "npm", "EdgeHost.ModelImport.Tests");

    private static bool IsThere(string package) => Directory.Exists(Path.Combine(Folder, "node_modules", package[..package.LastIndexOf('@')]));

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
        catch (System.ComponentModel.Win32Exception)
        {
            return false;
        }
    }
}
