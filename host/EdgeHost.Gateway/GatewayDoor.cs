using System.Net;
using EdgeHost.Client;
using EdgeHost.Gateway.Access;
using EdgeHost.Gateway.Http;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace EdgeHost.Gateway;

/// <summary>
/// Listens on a loopback port and serves each request as the app that its key names: the app comes in by the socket like any other, so that its rules, quotas and
/// the audit log hold. Does nothing, and loads nothing of the web server, while it is not enabled.
/// </summary>
public sealed partial class GatewayDoor : IHostedService, IAsyncDisposable
{
    private readonly GatewayOptions _options;
    private readonly Func<ApiKey, bool> _isKey;
    private readonly Func<string> _endpoint;
    private readonly TimeProvider _time;
    private readonly ILoggerFactory _loggers;
    private readonly ILogger _logger;
    private WebApplication? _server;
    private AppClients? _clients;

    /// <summary>Creates the door.</summary>
    /// <param name="options">What it may do.</param>
    /// <param name="isKey">Whether a key's token is the one that proves its app; false for apps without one.</param>
    /// <param name="endpoint">Gives the path of the host's socket.</param>
    /// <param name="time">The clock.</param>
    /// <param name="loggers">Where it and its web server log.</param>
    public GatewayDoor(IOptions<GatewayOptions> options, Func<ApiKey, bool> isKey, Func<string> endpoint, TimeProvider time, ILoggerFactory loggers)
    {
        ArgumentNullException.ThrowIfNull(options);
        ArgumentNullException.ThrowIfNull(loggers);
        (_options, _isKey, _endpoint, _time, _loggers) = (options.Value, isKey, endpoint, time, loggers);
        _logger = loggers.CreateLogger<GatewayDoor>();
    }

    /// <summary>Where it listens, for example <c>http://127.0.0.1:10400</c>, or null: it does not.</summary>
    public Uri? Address { get; private set; }

    /// <inheritdoc/>
    /// <exception cref="EdgeHostException"><see cref="ErrorCode.FailedPrecondition"/>: the port cannot be had.</exception>
    public async Task StartAsync(CancellationToken cancellationToken)
    {
        if (!_options.IsEnabled) return;
        _clients = new AppClients(Connect, _options.MaxApps);
        _server = BuildServer(_clients);
        try
        {
            await _server.StartAsync(cancellationToken).ConfigureAwait(false);
        }
        catch (IOException e)
        {
            throw new EdgeHostException(
                ErrorCode.FailedPrecondition,
                $"The door for programs of OpenAI's interface cannot listen on {_options.Address}:{_options.Port}: {e.Message} Set {GatewayOptions.SectionName}:{nameof(GatewayOptions.Port)} to another port, or to 0 for any.",
                e);
        }

        Address = new Uri(_server.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses.Single());
        LogListening(Address);
    }

    /// <inheritdoc/>
    public Task StopAsync(CancellationToken cancellationToken) => _server?.StopAsync(cancellationToken) ?? Task.CompletedTask;

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        if (_server is not null) await _server.DisposeAsync().ConfigureAwait(false);
        if (_clients is not null) await _clients.DisposeAsync().ConfigureAwait(false);
    }

    private EdgeHostClient Connect(ApiKey key) => EdgeHostClient.Create(new EdgeHostClientOptions { Endpoint = _endpoint(), AppName = key.App, Token = key.Token });

    // The empty builder reads no environment and no settings file: what holds for this door is in the host's configuration alone.
    private WebApplication BuildServer(AppClients clients)
    {
        var builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions { ApplicationName = nameof(EdgeHost) });
        builder.Services.Replace(ServiceDescriptor.Singleton(_loggers));
        builder.Services.AddRoutingCore();
        builder.Services.Configure<FormOptions>(options =>
        {
            options.BufferBody = false;
            options.MultipartBodyLengthLimit = _options.MaxAudioBytes;
            options.MemoryBufferThreshold = _options.MaxAudioBytes;
        });
        builder.WebHost.UseKestrelCore().ConfigureKestrel(options =>
        {
            options.AddServerHeader = false;
            options.Limits.MaxConcurrentConnections = _options.MaxConnections;
            options.Limits.MaxRequestBodySize = _options.MaxRequestBytes;
            options.Limits.KeepAliveTimeout = _options.IdleTimeout;
            options.Limits.RequestHeadersTimeout = _options.HeadTimeout;
            options.Listen(IPAddress.Parse(_options.Address), _options.Port);
        });
        var server = builder.Build();
        GatewayRoutes.Map(server, new RequestRunner(_options, _isKey, clients, _loggers.CreateLogger<GatewayDoor>()), _options, _time);
        return server;
    }

    [LoggerMessage(LogLevel.Information, "Programs of OpenAI's interface are served on {Address}v1; 'edgehost apps add APP --token' makes a key, APP:TOKEN.")]
    private partial void LogListening(Uri address);
}
