using System.CommandLine;
using EdgeHost.Host.Diagnostics;

namespace EdgeHost.Host.Cli;

/// <summary><c>edgehost doctor</c>: each line is fine or says how to mend it.</summary>
internal static class DoctorCommand
{
    public static Command Create()
    {
        var json = CommonOptions.Json();
        var command = ExampleHelp.With(
            new Command("doctor", "Looks at everything the host needs, tests each device, and says how to mend what is missing. Exit code 1 if something is broken.")
            {
                json,
            },
            "edgehost doctor --json");
        command.SetAction(async (parsed, cancellationToken) =>
        {
            var (configuration, found) = ConfigurationCheck.Look(CommonOptions.SourcesOf(parsed));
            var checks = await Doctor.RunAsync(
                CommonOptions.EndpointOf(parsed), CommonOptions.SettingsOf(parsed, configuration), found, cancellationToken).ConfigureAwait(false);
            DoctorReport.Print(checks, parsed.GetValue(json));
            return checks.Any(check => check.Status == DoctorStatus.Broken) ? ExitCodes.Error : ExitCodes.Ok;
        });
        return command;
    }
}
