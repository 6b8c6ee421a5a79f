using EdgeHost.Host.Cli;
using EdgeHost.Host.Configuration;
using EdgeHost.Host.Hosting;

namespace EdgeHost.Host.Diagnostics;

/// <summary>Whether the configuration file is good.</summary>
internal static class ConfigurationCheck
{
    /// <summary>The file, or null where there is none or it is not good, and what was found.</summary>
    public static (HostConfiguration? Configuration, DoctorCheck Check) Look(ConfigurationSources sources)
    {
        try
        {
            var configuration = HostConfiguration.Find(sources);
            if (configuration is null) return (null, new DoctorCheck("configuration", DoctorStatus.Ok, "no file; every value is the default"));
            var (_, problems) = EffectiveOptions.Read(new HostSettings { Home = sources.Home, Configuration = configuration });
            return problems.Count == 0
                ? (configuration, new DoctorCheck("configuration", DoctorStatus.Ok, $"{configuration.Path ?? "no file"}, {configuration.Values.Count} values"))
                : (null, Broken(string.Join(Environment.NewLine, problems)));
        }
        catch (UsageException e)
        {
            return (null, Broken(e.Message));
        }
    }

    private static DoctorCheck Broken(string problems)
        => new("configuration", DoctorStatus.Broken, "it is not good, and a host would not start with it", problems);
}
