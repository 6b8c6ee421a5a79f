using System.Buffers;
using System.Collections.Frozen;
using EdgeHost.Serialization;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace EdgeHost.PluginSdk.Testing;

/// <summary>
/// Runs a plugin as the host would, in the test's own process: configure, build its container, start, serve calls, stop, dispose.
/// Thread-safe after the start; dispose once.
/// </summary>
public sealed class PluginTestHost : IAsyncDisposable
{
    private readonly EdgeHostPlugin _plugin;
    private readonly ServiceProvider _services;
    private readonly TestPluginStorage _storage;
    private readonly PluginTestOptions _options;
    private readonly ILogger _logger;
    private readonly FrozenDictionary<string, (CapabilityDescriptor Descriptor, ICapabilityHandler Handler)> _capabilities;
    private int _stopped;

    private PluginTestHost(EdgeHostPlugin plugin, ServiceProvider services, TestPluginStorage storage, PluginTestOptions options, TestPluginBuilder builder)
    {
        _plugin = plugin;
        _services = services;
        _storage = storage;
        _options = options;
        _logger = services.GetRequiredService<ILoggerFactory>().CreateLogger(options.PluginId);
        _capabilities = builder.Capabilities.ToFrozenDictionary(
            static entry => entry.Key, entry => (entry.Value.Descriptor, entry.Value.Create(services)), StringComparer.Ordinal);
        Capabilities = [.. builder.Capabilities.Values.Select(static entry => entry.Descriptor)];
    }

    /// <summary>What the plugin registered, in its order.</summary>
    public IReadOnlyList<CapabilityDescriptor> Capabilities { get; }

    /// <summary>The plugin's container.</summary>
    public IServiceProvider Services => _services;

    /// <summary>Configures and starts a plugin.</summary>
    /// <param name="plugin">The plugin; used for one host only.</param>
    /// <param name="options">Its surroundings; null for the defaults.</param>
    /// <param name="cancellationToken">Passed to the plugin's start.</param>
    /// <exception cref="InvalidOperationException">The plugin's registrations are not those of
    /// <see cref="PluginTestOptions.ManifestCapabilities"/>. Whatever the plugin itself throws comes out as it is.</exception>
    public static async Task<PluginTestHost> StartAsync(
        EdgeHostPlugin plugin, PluginTestOptions? options = null, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(plugin);
        options ??= new PluginTestOptions();
        var builder = new TestPluginBuilder(new PluginEnvironment
        {
            PluginId = options.PluginId,
            PluginVersion = "0.0.0",
            PluginFolder = options.PluginFolder,
            Settings = options.Settings,
        });
        var storage = new TestPluginStorage();
        builder.Services.AddSingleton(builder.Environment);
        builder.Services.AddSingleton<IPluginStorage>(storage);
        builder.Services.AddSingleton(options.Time);
        builder.Services.AddLogging(logging =>
        {
            logging.SetMinimumLevel(LogLevel.Trace);
            if (options.Logs is not null) logging.AddProvider(options.Logs);
        });
        plugin.Configure(builder);
        CheckManifest(options, builder);

        var services = builder.Services.BuildServiceProvider(new ServiceProviderOptions { ValidateOnBuild = true, ValidateScopes = true });
        try
        {
            var host = new PluginTestHost(plugin, services, storage, options, builder);
            await plugin.StartAsync(services, cancellationToken).ConfigureAwait(false);
            return host;
        }
        catch
        {
            await services.DisposeAsync().ConfigureAwait(false);
            storage.Dispose();
            throw;
        }
    }

    /// <summary>Calls a method with a body of bytes.</summary>
    /// <param name="method">The method.</param>
    /// <param name="body">The request body (MessagePack), well-formed or not.</param>
    /// <param name="call">Who calls and how urgently; null for the defaults.</param>
    /// <param name="cancellationToken">The caller's cancellation.</param>
    /// <exception cref="EdgeHostException"><see cref="ErrorCode.Unimplemented"/>: no such method;
    /// <see cref="ErrorCode.DeadlineExceeded"/>: the deadline passed. Whatever the handler throws comes out as it is, so that a test sees
    /// the fault rather than <see cref="ErrorCode.Internal"/>.</exception>
    public async Task<PluginTestAnswer> CallAsync(
        string method, ReadOnlyMemory<byte> body, PluginTestCall? call = null, CancellationToken cancellationToken = default)
    {
        ObjectDisposedException.ThrowIf(Volatile.Read(ref _stopped) != 0, this);
        if (!_capabilities.TryGetValue(method, out var capability))
        {
            throw new EdgeHostException(
                ErrorCode.Unimplemented, $"The plugin has no method '{method}'; it has {string.Join(", ", _capabilities.Keys)}.");
        }

        using var deadline = new CancellationTokenSource(Remaining(call), _options.Time);
        using var linked = CancellationTokenSource.CreateLinkedTokenSource(deadline.Token, cancellationToken);
        var context = new FakeCapabilityContext(method, body, capability.Descriptor.Kind, call, _options.Models, _logger, _options.Trainer, _options.Calls);
        var response = new ArrayBufferWriter<byte>();
        try
        {
            await capability.Handler.HandleAsync(context, response, linked.Token).ConfigureAwait(false);
        }
        catch (OperationCanceledException e) when (deadline.IsCancellationRequested && !cancellationToken.IsCancellationRequested)
        {
            throw new EdgeHostException(ErrorCode.DeadlineExceeded, $"The deadline of '{method}' passed.", e);
        }

        return new PluginTestAnswer(response.WrittenMemory, context.Items);
    }

    /// <summary>Calls a unary method with messages.</summary>
    /// <typeparam name="TRequest">The request.</typeparam>
    /// <typeparam name="TResponse">The response.</typeparam>
    /// <param name="method">The method.</param>
    /// <param name="request">The request.</param>
    /// <param name="call">Who calls and how urgently; null for the defaults.</param>
    /// <param name="cancellationToken">The caller's cancellation.</param>
    /// <exception cref="EdgeHostException">As in <see cref="CallAsync(string, ReadOnlyMemory{byte}, PluginTestCall?, CancellationToken)"/>.</exception>
    public async Task<TResponse> CallAsync<TRequest, TResponse>(
        string method, TRequest request, PluginTestCall? call = null, CancellationToken cancellationToken = default)
        where TRequest : IWireMessage<TRequest>
        where TResponse : IWireMessage<TResponse>
    {
        var answer = await CallAsync(method, WireMessageSerializer.ToArray(request), call, cancellationToken).ConfigureAwait(false);
        return answer.Read<TResponse>();
    }

    /// <summary>Stops the plugin and disposes its container. Later calls throw <see cref="ObjectDisposedException"/>.</summary>
    /// <param name="cancellationToken">Passed to the plugin's stop.</param>
    public async Task StopAsync(CancellationToken cancellationToken = default)
    {
        if (Interlocked.Exchange(ref _stopped, 1) != 0) return;
        try
        {
            await _plugin.StopAsync(cancellationToken).ConfigureAwait(false);
        }
        finally
        {
            await _services.DisposeAsync().ConfigureAwait(false);
            _storage.Dispose();
        }
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync() => await StopAsync(CancellationToken.None).ConfigureAwait(false);

    private static void CheckManifest(PluginTestOptions options, TestPluginBuilder builder)
    {
        if (options.ManifestCapabilities is not { } manifest) return;
        var unlisted = builder.Capabilities.Keys.Except(manifest, StringComparer.Ordinal).FirstOrDefault();
        if (unlisted is not null) throw new InvalidOperationException($"The plugin registers '{unlisted}', which its manifest does not list.");
        var missing = manifest.Except(builder.Capabilities.Keys, StringComparer.Ordinal).FirstOrDefault();
        if (missing is not null) throw new InvalidOperationException($"The manifest lists '{missing}', which the plugin does not register.");
    }

    private TimeSpan Remaining(PluginTestCall? call)
    {
        if (call?.Deadline is not { } deadline) return Timeout.InfiniteTimeSpan;
        var remaining = deadline - _options.Time.GetUtcNow();
        return remaining > TimeSpan.Zero ? remaining : TimeSpan.Zero;
    }
}
