using EdgeHost.PluginHost.Loading;
using EdgeHost.PluginSdk;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Logging;

namespace EdgeHost.PluginHost.Activation;

/// <summary>Takes a plugin from its files to a started activation, or undoes what it did and says which step failed.</summary>
#pragma warning disable CA1001 // The logger factory has nothing of its own to dispose.
internal sealed class PluginActivator(PluginHostContext host, PluginSource source, CallTotals totals, UnloadWatch unloads)
#pragma warning restore CA1001
{
    private readonly PluginLoggerFactory _loggers = new(host.Loggers, source.Manifest.Id);

    /// <summary>Copies, loads, configures and starts. Blocks while it copies and loads, so call it on a pool thread.</summary>
    /// <param name="cancellationToken">Handed to the plugin's start.</param>
    /// <exception cref="PluginFailureException">A step failed; nothing is left behind but a context that unloads.</exception>
    public async Task<PluginActivation> ActivateAsync(CancellationToken cancellationToken)
    {
        var folder = source.IsImmutable ? source.Folder : CopyFolder(cancellationToken);
        var assembly = LoadAssembly(folder);
        var step = "Its constructor";
        ServiceProvider? container = null;
        PluginFailureException failure;
        try
        {
            var entry = assembly.CreateEntry();
            step = "Configure";
            var builder = CreateBuilder(folder);
            entry.Configure(builder);
            CheckComplete(builder);
            step = "Its service container";
            container = BuildContainer(builder);
            var served = new List<(CapabilityDescriptor, ICapabilityHandler)>();
            foreach (var (method, (descriptor, create)) in builder.Capabilities)
            {
                step = $"The handler of {method}";
                served.Add((descriptor, create(container) ?? throw new InvalidOperationException("The factory returned null.")));
            }

            step = "StartAsync";
            await entry.StartAsync(container, cancellationToken).ConfigureAwait(false);
            var guard = new PluginGuard(source.Manifest.Id, _loggers.Root, totals, host.Time);
            return new PluginActivation(assembly, entry, container, served, source.Manifest, folder, guard, _loggers.Root);
        }
#pragma warning disable CA1031 // The boundary to foreign code: logged with its stack and turned into a reason.
        catch (Exception ex)
#pragma warning restore CA1031
        {
            _loggers.Root.LogError(ex, "The plugin cannot start: {Step} failed.", step);
            failure = Describe(step, ex);
        }

        if (container is not null) await DisposeAsync(container).ConfigureAwait(false);
        Unloaded(assembly.Context, folder);
        assembly.Dispose();
        throw failure;
    }

    /// <summary>Watches a context whose unload begins, and removes its files when it is gone.</summary>
    public void Unloaded(WeakReference context, string folder)
    {
        unloads.Add(context, source.Manifest.Version, () =>
        {
            if (!source.IsImmutable) host.ShadowCopies.Delete(folder);
        });
    }

    private string CopyFolder(CancellationToken cancellationToken)
    {
        try
        {
            return host.ShadowCopies.Copy(source.Folder, source.Stamp, cancellationToken);
        }
        catch (Exception ex) when (ex is IOException or UnauthorizedAccessException or EdgeHostException)
        {
            throw new PluginFailureException("Its files cannot be copied.", $"The folder cannot be copied to {host.Options.ShadowFolder}: {ex.Message}");
        }
    }

    private PluginAssembly LoadAssembly(string folder)
    {
        try
        {
            return PluginAssembly.Load(Path.Combine(folder, source.Manifest.Entry), host.Shared.Value, context => Unloaded(context, folder));
        }
        catch (PluginFailureException ex)
        {
            _loggers.Root.LogError("The plugin cannot be loaded: {Reason}", ex.Message);
            throw;
        }
    }

    private PluginBuilder CreateBuilder(string folder)
    {
        var manifest = source.Manifest;
        var settings = new Dictionary<string, string>(manifest.Settings, StringComparer.OrdinalIgnoreCase);
        if (host.Options.Settings.TryGetValue(manifest.Id, out var overlay))
        {
            foreach (var (key, value) in overlay) settings[key] = value;
        }

        var environment = new PluginEnvironment
        {
            PluginId = manifest.Id,
            PluginVersion = manifest.Version,
            PluginFolder = folder,
            Settings = settings,
        };
        var data = Path.Combine(Path.GetFullPath(host.Options.DataFolder), manifest.Id);
        Directory.CreateDirectory(data);
        var builder = new PluginBuilder(environment, manifest);
        builder.Services.AddSingleton(environment);
        builder.Services.AddSingleton<IPluginStorage>(new PluginStorage(data));
        builder.Services.AddSingleton(host.Time);
        builder.Services.AddSingleton<ILoggerFactory>(_loggers);
        builder.Services.TryAddSingleton(typeof(ILogger<>), typeof(Logger<>));
        return builder;
    }

    private void CheckComplete(PluginBuilder builder)
    {
        var missing = source.Manifest.Capabilities.Except(builder.Capabilities.Keys, StringComparer.Ordinal).Order(StringComparer.Ordinal).ToList();
        if (missing.Count == 0) return;
        var text = $"Its manifest lists {string.Join(", ", missing)}, which its Configure does not add.";
        throw new PluginFailureException(text, text);
    }

    private static ServiceProvider BuildContainer(PluginBuilder builder)
        => builder.Services.BuildServiceProvider(new ServiceProviderOptions { ValidateOnBuild = true });

    private async Task DisposeAsync(ServiceProvider container)
    {
        var guard = new PluginGuard(source.Manifest.Id, _loggers.Root, totals, host.Time);
        await guard.RunStepAsync("The disposal of its services", host.Options.StopTimeout, async _ => await container.DisposeAsync().ConfigureAwait(false)).ConfigureAwait(false);
    }

    private static PluginFailureException Describe(string step, Exception ex) => ex switch
    {
        PluginFailureException own => new(own.Failure.ForApps, own.Failure.ForOperator),
        FileNotFoundException { FileName: { } missing } => new(
            "An assembly that it needs is missing.",
            $"{step} failed: the assembly '{missing}' is missing from the plugin's folder."),
        OperationCanceledException => new("Its start was cancelled.", $"{step} was cancelled."),
        System.Reflection.TargetInvocationException { InnerException: { } inner } => Describe(step, inner),
        _ => new($"{step} failed.", $"{step} failed: {ex.GetType().Name}: {ex.Message}"),
    };
}
