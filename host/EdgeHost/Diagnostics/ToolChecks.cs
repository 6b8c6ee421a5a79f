namespace EdgeHost.Host.Diagnostics;

/// <summary>Programs that some verbs need.</summary>
internal static class ToolChecks
{
    private static readonly TimeSpan Timeout = TimeSpan.FromSeconds(20);

    public static async Task<DoctorCheck> DotNetAsync(CancellationToken cancellationToken)
    {
        var version = await BoundedProcess.TryReadAsync("dotnet", "--version", Timeout, cancellationToken).ConfigureAwait(false);
        return version is null
            ? new DoctorCheck(".NET SDK", DoctorStatus.Warning, "not found", "Only needed to build plugins and apps: install the .NET 10 SDK.")
            : new DoctorCheck(".NET SDK", DoctorStatus.Ok, version);
    }

    public static async Task<DoctorCheck> NpmAsync(CancellationToken cancellationToken)
    {
        var program = OperatingSystem.IsWindows() ? "npm.cmd" : "npm";
        var version = await BoundedProcess.TryReadAsync(program, "--version", Timeout, cancellationToken).ConfigureAwait(false);
        return version is null
            ? new DoctorCheck("npm", DoctorStatus.Warning, "not found", "Models from npm packages need it: install Node.js with npm, or give a mirror folder (EDGEHOST_MIRROR).")
            : new DoctorCheck("npm", DoctorStatus.Ok, version);
    }
}
