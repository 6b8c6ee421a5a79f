using EdgeHost.Capabilities.Host;
using EdgeHost.Client.Diagnostics;
using EdgeHost.Client.Health;
using EdgeHost.Client.Language;
using EdgeHost.Client.Models;
using EdgeHost.Client.Plugins;
using EdgeHost.Client.Recommendation;
using EdgeHost.Client.Sessions;
using EdgeHost.Client.Speech;
using EdgeHost.Client.Training;
using EdgeHost.Client.Translation;
using EdgeHost.Client.Vision;
using EdgeHost.Protocol;
using EdgeHost.Protocol.Frames;
using EdgeHost.Protocol.Messages;
using EdgeHost.Serialization;

namespace EdgeHost.Client;

/// <summary>
/// An app's way to the host on this device. Thread-safe: any number of calls may be under way at once and are answered in any order. When the connection is
/// lost, or the host stops, the client connects again; calls under way at the loss fail with <see cref="ErrorCode.Unavailable"/>, unless they carry an
/// idempotency key and can be sent again.
/// </summary>
public sealed partial class EdgeHostClient : IAsyncDisposable
{
    private readonly SessionKeeper _keeper;
    private readonly TimeProvider _time;
    private readonly bool _reconnects;

    private EdgeHostClient(ClientSession? session, EdgeHostClientOptions options)
    {
        _keeper = new SessionKeeper(options, session);
        _time = options.TimeProvider;
        _reconnects = options.Reconnect;
    }

    /// <summary>What is in a picture.</summary>
    public VisionClient Vision => field ??= new VisionClient(this);

    /// <summary>What a text says and how.</summary>
    public LanguageClient Language => field ??= new LanguageClient(this);

    /// <summary>Hearing and speaking.</summary>
    public SpeechClient Speech => field ??= new SpeechClient(this);

    /// <summary>From one language into another.</summary>
    public TranslationClient Translation => field ??= new TranslationClient(this);

    /// <summary>Heart signals, readings and what they mean.</summary>
    public HealthClient Health => field ??= new HealthClient(this);

    /// <summary>What a person might like, learnt on this device.</summary>
    public RecommendationClient Recommendation => field ??= new RecommendationClient(this);

    /// <summary>What the host does and why.</summary>
    public DiagnosticsClient Diagnostics => field ??= new DiagnosticsClient(this);

    /// <summary>The models of the device.</summary>
    public ModelsClient Models => field ??= new ModelsClient(this);

    /// <summary>The app's examples, which models learn from.</summary>
    public TrainingClient Training => field ??= new TrainingClient(this);

    /// <summary>The plugins of the host.</summary>
    public PluginsClient Plugins => field ??= new PluginsClient(this);

    /// <summary>What the host said of itself when the client connected last; it changes when the client connects again.</summary>
    /// <exception cref="EdgeHostException"><see cref="ErrorCode.Unavailable"/>: the client has not connected yet.</exception>
    public HostInfo Host => _keeper.Last?.Host ?? throw new EdgeHostException(ErrorCode.Unavailable, "The client has not connected yet; its first call does, or ConnectAsync.");

    /// <summary>How the client stands to its host at this moment.</summary>
    public ClientState State => _keeper.State;

    /// <summary>Completes when the connection that the client has now has ended, for whatever reason. Never fails.</summary>
    public Task Closed => _keeper.Last?.Completion ?? Task.CompletedTask;

    /// <summary>Why the host takes no new calls on the connection that the client has now, or null while it does.</summary>
    public string? GoingAwayReason => _keeper.Last?.GoingAway?.Message;

    /// <summary>Makes a client that connects at its first call.</summary>
    /// <param name="options">Where and as whom; null for the defaults.</param>
    /// <exception cref="ArgumentException">The options are wrong.</exception>
    public static EdgeHostClient Create(EdgeHostClientOptions? options = null)
    {
        options ??= new EdgeHostClientOptions();
        options.Validate();
        return new EdgeHostClient(session: null, options);
    }

    /// <summary>Connects to the host on this device and says hello.</summary>
    /// <param name="options">Where and as whom; null for the defaults.</param>
    /// <param name="cancellationToken">Stops connecting.</param>
    /// <returns>The client; the caller disposes it.</returns>
    /// <exception cref="EdgeHostException"><see cref="ErrorCode.Unavailable"/>: no host runs (the message says how to start one) or it does not
    /// answer in time; <see cref="ErrorCode.PermissionDenied"/>: the socket belongs to somebody else; or what the host says to hello.</exception>
    /// <exception cref="ArgumentException">The options are wrong.</exception>
    public static async ValueTask<EdgeHostClient> ConnectAsync(EdgeHostClientOptions? options = null, CancellationToken cancellationToken = default)
    {
        options ??= new EdgeHostClientOptions();
        options.Validate();
        return new EdgeHostClient(await ClientSession.ConnectAsync(options, cancellationToken).ConfigureAwait(false), options);
    }

    /// <summary>Measures the transport: the host answers on the thread that reads.</summary>
    /// <param name="payload">Bytes to send along; must stay unchanged until the task completes.</param>
    /// <param name="cancellationToken">Stops waiting.</param>
    /// <returns>The time from sending to the answer.</returns>
    /// <exception cref="EdgeHostException">As for any call.</exception>
    public async ValueTask<TimeSpan> PingAsync(ReadOnlyMemory<byte> payload = default, CancellationToken cancellationToken = default)
    {
        var start = _time.GetTimestamp();
        var response = await CallAsync<PingRequest, PingResponse>(Protocol.HostMethods.Ping, new PingRequest(payload), options: null, cancellationToken).ConfigureAwait(false);
        return response.Bytes == payload.Length
            ? _time.GetElapsedTime(start)
            : throw new EdgeHostException(ErrorCode.DataLoss, $"The host received {response.Bytes} bytes of {payload.Length}.");
    }

    /// <summary>Lists the methods of the host.</summary>
    /// <param name="cancellationToken">Stops waiting.</param>
    /// <exception cref="EdgeHostException">As for any call.</exception>
    public async ValueTask<IReadOnlyList<CapabilityEntry>> GetCapabilitiesAsync(CancellationToken cancellationToken = default)
    {
        using var body = await CallAsync(Protocol.HostMethods.Capabilities, default, options: null, cancellationToken).ConfigureAwait(false);
        return Read<CapabilitiesResponse>(body.Memory).Capabilities;
    }

    /// <summary>Describes one method of the host, without starting other plugins than its own.</summary>
    /// <param name="method">The method.</param>
    /// <param name="cancellationToken">Stops waiting.</param>
    /// <returns>The method, or null if the host has none of this name.</returns>
    /// <exception cref="EdgeHostException">As for any call.</exception>
    public async ValueTask<CapabilityEntry?> FindCapabilityAsync(string method, CancellationToken cancellationToken = default)
    {
        ArgumentException.ThrowIfNullOrEmpty(method);
        var found = await CallAsync<CapabilitiesRequest, CapabilitiesResponse>(
            Protocol.HostMethods.Capabilities, new CapabilitiesRequest(method), options: null, cancellationToken).ConfigureAwait(false);
        return found.Capabilities.FirstOrDefault(entry => entry.Method == method);
    }

    /// <summary>What is left of this app's limits, and when they are full again.</summary>
    /// <param name="cancellationToken">Stops waiting.</param>
    /// <exception cref="EdgeHostException">As for any call.</exception>
    public ValueTask<QuotaResponse> GetQuotaAsync(CancellationToken cancellationToken = default)
        => CallAsync<QuotaRequest, QuotaResponse>(Capabilities.Host.HostMethods.Quota, new QuotaRequest(), options: null, cancellationToken);

    /// <summary>Ends the connection. Calls under way fail with <see cref="ErrorCode.Unavailable"/>; the host cancels them.</summary>
    public ValueTask DisposeAsync() => _keeper.DisposeAsync();

    /// <summary>Ends the connection as if it were lost, for tests.</summary>
    internal void LoseConnection() => _keeper.Last!.Lose();

    /// <summary>What came on the connection of the moment, for tests.</summary>
    internal long BytesReceived => _keeper.Last!.BytesReceived;

    internal static T Read<T>(ReadOnlyMemory<byte> body)
        where T : IWireMessage<T>
    {
        var reader = new WireReader(body);
        return T.Read(ref reader);
    }

    // Binaries of the message outlive the buffer: only those that are in pooled memory are copied.
    private static T ReadAndRelease<T>(FrameBuffer body)
        where T : IWireMessage<T>
    {
        try
        {
            var reader = new WireReader(body.Memory) { CopiesBinaries = body.IsPooled };
            return T.Read(ref reader);
        }
        finally
        {
            body.Release();
        }
    }
}
