using EdgeHost.Host.Apps;
using EdgeHost.Host.Cli;
using EdgeHost.Host.Hosting;
using EdgeHost.Runtime;
using EdgeHost.Security;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace EdgeHost.Host.Configuration;

/// <summary>
/// Takes a changed configuration over while the host runs. Everything is read and checked as a whole before anything of it is put in force; what is wrong
/// changes nothing and is reported with every problem. <see cref="LiveKeys"/> says what changes at once; the rest waits for a restart.
/// </summary>
internal sealed class ConfigurationWatch(
    HostSettings settings,
    LiveConfiguration live,
    ConfigurationState state,
    IOptionsFactory<EdgeHostRuntimeOptions> runtimeOptions,
    IRuntimeSettings runtime,
    AppPolicyChanges apps,
    TimeProvider time,
    ILogger<ConfigurationWatch> logger)
    : BackgroundService
{
    /// <summary>Time between two looks where the system tells nothing.</summary>
    public static readonly TimeSpan Interval = TimeSpan.FromSeconds(1);

    /// <summary>How long files must stay the same before they are read: editors and copies write in several steps.</summary>
    public static readonly TimeSpan Settle = TimeSpan.FromMilliseconds(100);

    // A file that is written all the time is read in between.
    private const int MostSettleLooks = 50;

    private readonly string[] _files = FilesOf(settings.Sources);

    // From the start: what changes before the first look is seen by it.
    private string _seen = settings.FilesStamp ?? FileStamps.Of(FilesOf(settings.Sources));
    private string _waiting = string.Empty;

    /// <summary>The files that a configuration is read from.</summary>
    public static string[] FilesOf(ConfigurationSources sources) => [Path.GetFullPath(sources.Path), AppsFile.PathIn(sources.Home)];

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var nudges = new FileNudges(_files);
        while (true)
        {
            try
            {
                if (FileStamps.Of(_files) != _seen)
                {
                    await SettledAsync(stoppingToken).ConfigureAwait(false);
                    LookAgain();
                }
            }
#pragma warning disable CA1031 // The boundary of the loop: whatever a look meets, the host goes on with what it has.
            catch (Exception e) when (e is not OperationCanceledException)
#pragma warning restore CA1031
            {
                logger.LogError(e, "A look at the configuration failed; the host goes on with the one it has.");
            }

            await nudges.WaitAsync(Interval, time, stoppingToken).ConfigureAwait(false);
        }
    }

    /// <summary>Reads everything again and takes over what changed.</summary>
    internal void LookAgain()
    {
        _seen = FileStamps.Of(_files);
        try
        {
            var wanted = HostConfiguration.Find(settings.Sources);
            Check(wanted);
            var changes = ConfigurationChanges.Between(live.Values, wanted?.Values ?? new Dictionary<string, string?>()).Without(settings.Overrides);
            if (changes.Waiting.Count > 0) CheckMerged(changes);
            var rules = AppsFile.Read(wanted, settings.Home);
            Apply(changes, rules);
            Report(changes, wanted);
        }
        catch (UsageException e)
        {
            Keep(e.Message);
        }
    }

    private async Task SettledAsync(CancellationToken cancellationToken)
    {
        var before = FileStamps.Of(_files);
        for (var looks = 0; looks < MostSettleLooks; looks++)
        {
            await Task.Delay(Settle, time, cancellationToken).ConfigureAwait(false);
            var now = FileStamps.Of(_files);
            if (now == before) return;
            before = now;
        }
    }

    private void Check(HostConfiguration? configuration)
    {
        var (_, problems) = EffectiveOptions.Read(settings with { Configuration = configuration });
        if (problems.Count > 0) throw new UsageException(string.Join(Environment.NewLine, problems));
    }

    // Some of the keys wait for a restart: what the others make together with the old values must be good as well.
    private void CheckMerged(ConfigurationChanges changes)
    {
        var (_, problems) = EffectiveOptions.Read(settings with { Configuration = HostConfiguration.Of(changes.Merged) });
        if (problems.Count == 0) return;
        throw new UsageException(
            $"The new configuration is good, but holds only as a whole after a restart, for {string.Join(", ", changes.Waiting)}: {string.Join(" ", problems)}");
    }

    private void Apply(ConfigurationChanges changes, AppsOptions rules)
    {
        if (changes.Live.Count > 0)
        {
            live.Replace(changes.Merged);
            runtime.Apply(runtimeOptions.Create(Options.DefaultName));
        }

        apps.Apply(rules);
    }

    private void Report(ConfigurationChanges changes, HostConfiguration? wanted)
    {
        if (state.Problem is not null) logger.LogInformation("The configuration is good again.");
        state.TakenOver(changes.Waiting);
        var values = wanted?.Values ?? live.Values;
        var waiting = ConfigurationChanges.Describe(changes.Waiting, values);
        if (changes.Live.Count == 0 && waiting == _waiting) return;
        _waiting = waiting;
        logger.LogInformation(
            "The configuration changed. In force now: {Live}. After a restart: {Waiting}.",
            changes.Live.Count == 0 ? "nothing new" : ConfigurationChanges.Describe(changes.Live, values),
            waiting.Length == 0 ? "nothing" : waiting);
    }

    private void Keep(string problem)
    {
        if (problem == state.Problem) return;
        state.Kept(problem);
        logger.LogError("The configuration stays as it was: {Problem}", string.Join(" ", problem.Split(Environment.NewLine, StringSplitOptions.TrimEntries)));
        apps.Kept(problem);
    }
}
