using EdgeHost.Host.Apps;
using EdgeHost.Host.Cli;
using EdgeHost.Host.Configuration;
using EdgeHost.Host.Methods;
using EdgeHost.Host.Training;
using EdgeHost.Runtime.Dispatch;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace EdgeHost.Host.Hosting;

/// <summary>Puts the host together and runs it to its end.</summary>
internal static class HostRunner
{
    public static async Task<int> RunAsync(HostSettings settings, CancellationToken cancellationToken)
    {
        // An empty builder: no configuration files are read and no defaults are probed, which halves the time to the first call.
        var builder = Microsoft.Extensions.Hosting.Host.CreateEmptyApplicationBuilder(new HostApplicationBuilderSettings { ApplicationName = "edgehost" });
        AddLogging(builder.Logging, settings);
        builder.Services.AddSingleton<PluginCatalogs>();
        builder.Services.AddSingleton<HostClock>();
        builder.Services.AddSingleton<ModelMethodSet>();
        builder.Services.AddSingleton<VersionMethodSet>();
        builder.Services.AddSingleton<PluginMethodSet>();
        builder.Services.AddSingleton<HealthMethodSet>();
        builder.Services.AddSingleton<StatsMethodSet>();
        builder.Services.AddSingleton<ExplainMethodSet>();
        builder.Services.AddSingleton<AppMethodSet>();
        builder.Services.AddSingleton<TrainingMethodSet>();
        builder.Services.AddSingleton<FeedbackMethodSet>();
        builder.Services.AddSingleton<JobMethodSet>();
        builder.Services.AddSingleton<TrainedModelPredictor>();
        builder.Services.AddSingleton<ICallJournal, AnswerJournal>();

        // Started in this order and stopped in the opposite one: the host's own methods have their names before any plugin, and the socket, the last
        // of what the core adds, opens last and closes first.
        builder.Services.AddHostedService<HostMethodRegistration>();
        builder.Services.AddEdgeHostCore(settings);
        builder.Services.AddHostedService<PinnedModels>();
        builder.Services.AddSingleton<AppPolicyChanges>();
        builder.Services.AddHostedService<ConfigurationWatch>();
        if (settings.StopWithInput) builder.Services.AddHostedService<InputWatch>();
        builder.Services.AddSystemd();
        builder.Services.AddOptions<HostOptions>().Configure<IOptions<HostOperationOptions>>((host, own) => host.ShutdownTimeout = ShutdownLimit.ForServices(own.Value.ShutdownTimeout));

        // Disposed last: what it limits includes the disposal of the host.
        using var limit = new ShutdownLimit();
        using var host = builder.Build();
        try
        {
            await host.StartAsync(cancellationToken).ConfigureAwait(false);
        }
        catch (OptionsValidationException e)
        {
            var section = ConfigurationSections.All.FirstOrDefault(section => section.Options == e.OptionsType)?.Name ?? e.OptionsType.Name;
            throw new UsageException(string.Join(Environment.NewLine, e.Failures.Select(failure => EffectiveOptions.Named(section, failure))));
        }

        limit.Watch(
            host.Services.GetRequiredService<IHostApplicationLifetime>(),
            host.Services.GetRequiredService<IOptions<HostOperationOptions>>().Value.ShutdownTimeout,
            host.Services.GetRequiredService<TimeProvider>());
        await host.WaitForShutdownAsync(cancellationToken).ConfigureAwait(false);
        return ExitCodes.Ok;
    }

    private static void AddLogging(ILoggingBuilder logging, HostSettings settings)
    {
        // The factory and not the monitor: when the configuration changes, nobody knows which of the two hears of it first.
        logging.Services.AddOptions<LoggerFilterOptions>().Configure<IOptionsFactory<HostOperationOptions>>((filter, operation) => filter.MinLevel =
            (settings.Verbosity ?? operation.Create(Options.DefaultName).Verbosity) switch
            {
                HostVerbosity.Problems => LogLevel.Warning,
                HostVerbosity.Events => LogLevel.Information,
                _ => LogLevel.Debug,
            });
        logging.AddFilter("Microsoft", LogLevel.Warning);

        // What stops a start is said once, by the verb, without a stack.
        logging.AddFilter("Microsoft.Extensions.Hosting.Internal.Host", LogLevel.None);
        logging.AddSimpleConsole(options =>
        {
            options.SingleLine = true;
            options.TimestampFormat = "HH:mm:ss.fff ";
            options.UseUtcTimestamp = false;
        });
        logging.Services.Configure<Microsoft.Extensions.Logging.Console.ConsoleLoggerOptions>(
            options => options.LogToStandardErrorThreshold = LogLevel.Trace);
    }
}
