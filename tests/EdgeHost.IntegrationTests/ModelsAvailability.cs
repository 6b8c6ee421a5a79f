namespace EdgeHost.IntegrationTests;

/// <summary>Whether this machine can get models.</summary>
internal static class ModelsAvailability
{
    public static bool CanPull { get; } =
        !string.IsNullOrEmpty(Environment.GetEnvironmentVariable("EDGEHOST_MIRROR"))
        || (Environment.GetEnvironmentVariable("PATH") ?? string.Empty)
            .Split(Path.PathSeparator)
            .Any(folder => File.Exists(Path.Combine(folder, OperatingSystem.IsWindows() ? "npm.cmd" : "npm")));
}
