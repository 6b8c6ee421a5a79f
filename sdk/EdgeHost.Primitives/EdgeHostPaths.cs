namespace EdgeHost;

/// <summary>Where things live, found the same way by host and clients. Reads the environment at each call; thread-safe.</summary>
public static class EdgeHostPaths
{
    /// <summary>Environment variable that overrides the endpoint.</summary>
    public const string EndpointVariable = "EDGEHOST_ENDPOINT";

    /// <summary>Environment variable that overrides the home folder.</summary>
    public const string HomeVariable = "EDGEHOST_HOME";

    /// <summary>
    /// The host's endpoint: <see cref="EndpointVariable"/> if set; on Windows the pipe name <c>edgehost</c>; elsewhere
    /// <c>$XDG_RUNTIME_DIR/edgehost/edgehost.sock</c>, or a folder of the user's own under the temporary folder where there is no
    /// XDG_RUNTIME_DIR.
    /// </summary>
    public static string Endpoint
    {
        get
        {
            var configured = Environment.GetEnvironmentVariable(EndpointVariable);
            if (!string.IsNullOrEmpty(configured)) return configured;
            if (OperatingSystem.IsWindows()) return "edgehost";
            var runtime = Environment.GetEnvironmentVariable("XDG_RUNTIME_DIR");
            var folder = string.IsNullOrEmpty(runtime)
                ? Path.Combine(Path.GetTempPath(), $"edgehost-{Environment.UserName}")
                : Path.Combine(runtime, "edgehost");
            return Path.Combine(folder, "edgehost.sock");
        }
    }

    /// <summary>
    /// The folder of models, data and keys: <see cref="HomeVariable"/> if set, else <c>edgehost</c> in the user's data folder
    /// (XDG_DATA_HOME or <c>~/.local/share</c>; <c>%LOCALAPPDATA%</c> on Windows).
    /// </summary>
    public static string Home
    {
        get
        {
            var configured = Environment.GetEnvironmentVariable(HomeVariable);
            if (!string.IsNullOrEmpty(configured)) return Path.GetFullPath(configured);
            var data = Environment.GetFolderPath(
                Environment.SpecialFolder.LocalApplicationData, Environment.SpecialFolderOption.DoNotVerify);
            return Path.Combine(string.IsNullOrEmpty(data) ? Path.GetTempPath() : data, "edgehost");
        }
    }
}
