using System.ComponentModel;
using System.Diagnostics;
using System.Reflection;
using System.Security.Cryptography;

namespace EdgeHost.TestKit.Onnx;

/// <summary>Builds the virtual provider from its sources once, below <c>artifacts/</c>, by the hash of what goes into it.</summary>
internal static class VirtualProviderBuild
{
    private const string Compiler = "g++";

    /// <summary>The library's path; or why there is none.</summary>
    public static Lazy<(string? Path, string? Problem)> Library { get; } = new(Build);

    /// <summary>Why tests that need it are skipped; null where they run. A source that does not compile skips nothing: it fails the tests.</summary>
    public static string? WhySkip()
    {
        if (!OperatingSystem.IsLinux()) return "The virtual provider is built for Linux only.";
        return FindCompiler() ? null : "There is no C++ compiler (g++) to build the virtual provider with.";
    }

    private static (string? Path, string? Problem) Build()
    {
        if (WhySkip() is { } reason) return (null, reason);
        var sources = Path.Combine(Repository.Root, "tests", "VirtualProvider");
        var include = Assembly.GetExecutingAssembly().GetCustomAttributes<AssemblyMetadataAttribute>()
            .First(static entry => entry.Key == "OnnxRuntimeHeaders").Value!;
        string[] files = [.. Directory.EnumerateFiles(sources).Where(static file => file.EndsWith(".cc", StringComparison.Ordinal)).Order(StringComparer.Ordinal)];

        // -fno-gnu-unique: else the library stays mapped after it was unregistered.
        string[] arguments = ["-std=c++17", "-O2", "-fPIC", "-shared", "-fvisibility=hidden", "-fno-gnu-unique", "-Wall", "-Wextra", "-Werror", $"-I{include}"];
        var folder = Path.Combine(Repository.Root, "artifacts", "virtual-provider");
        var library = Path.Combine(folder, $"libedgehost_virtual-{Hash(sources, arguments)}.so");
        if (File.Exists(library)) return (library, null);
        Directory.CreateDirectory(folder);
        var temporary = $"{library}.{Environment.ProcessId}";
        var start = new ProcessStartInfo(Compiler, [.. arguments, .. files, "-o", temporary]) { RedirectStandardError = true, UseShellExecute = false };
        using var process = Process.Start(start)!;
        var output = process.StandardError.ReadToEnd();
        process.WaitForExit();
        if (process.ExitCode != 0) return (null, $"The virtual provider does not compile:\n{output}");

        // Another test process may have built the same meanwhile; the files are alike.
        File.Move(temporary, library, overwrite: true);
        return (library, null);
    }

    private static string Hash(string folder, string[] arguments)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        hash.AppendData(System.Text.Encoding.UTF8.GetBytes(string.Join('\n', arguments)));
        foreach (var file in Directory.EnumerateFiles(folder).Order(StringComparer.Ordinal))
        {
            hash.AppendData(File.ReadAllBytes(file));
        }

        return Convert.ToHexStringLower(hash.GetHashAndReset())[..16];
    }

    private static bool FindCompiler()
    {
        try
        {
            using var process = Process.Start(new ProcessStartInfo(Compiler, ["--version"]) { RedirectStandardOutput = true, UseShellExecute = false })!;
            process.StandardOutput.ReadToEnd();
            process.WaitForExit();
            return process.ExitCode == 0;
        }
        catch (Win32Exception)
        {
            return false;
        }
    }
}
