using System.Runtime.InteropServices;

namespace EdgeHost.IntegrationTests;

/// <summary>A test that compiles ahead of time; skipped with the reason where the compiler's package or a linker is missing.</summary>
[AttributeUsage(AttributeTargets.Method)]
public sealed class AotFactAttribute : FactAttribute
{
    private static readonly Lazy<string?> Missing = new(FindMissing);

    public AotFactAttribute()
    {
        if (Missing.Value is { } missing) Skip = missing;
    }

    private static string? FindMissing()
    {
        if (!OperatingSystem.IsLinux()) return "Only Linux is tried.";
        if (RuntimeInformation.OSArchitecture is not (Architecture.X64 or Architecture.Arm64)) return $"{RuntimeInformation.OSArchitecture} is not tried.";
        var folders = (Environment.GetEnvironmentVariable("PATH") ?? string.Empty).Split(Path.PathSeparator);
        if (!folders.Any(folder => File.Exists(Path.Combine(folder, "clang")) || File.Exists(Path.Combine(folder, "gcc")))) return "Neither clang nor gcc is there to link.";
        if (AotPublish.HasCompiler) return null;
#pragma warning disable VSTHRD002 // Whoever discovers tests does not await; once on a machine.
        var restored = AotPublish.RestoreAsync().GetAwaiter().GetResult();
#pragma warning restore VSTHRD002
        AotPublish.Delete();
        return restored.ExitCode == 0 ? null : $"The compiler's package cannot be restored: {restored.Output}{restored.Error}";
    }
}
