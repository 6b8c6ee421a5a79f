using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;

namespace EdgeHost.PluginSdk.Testing;

/// <summary>A call made up by a test, for handlers tested without a plugin around them. Collects the items sent.</summary>
public sealed class FakeCapabilityContext : CapabilityContext
{
    private readonly List<ReadOnlyMemory<byte>> _items = [];
    private readonly Lock _gate = new();
    private readonly CapabilityKind _kind;
    private readonly PluginTestCall _call;

    /// <summary>Makes up a call.</summary>
    /// <param name="method">The method called.</param>
    /// <param name="body">The request body (MessagePack).</param>
    /// <param name="kind">The capability's kind; a unary one refuses items.</param>
    /// <param name="call">Who calls and how urgently; null for the defaults.</param>
    /// <param name="models">Gives leases; null for none.</param>
    /// <param name="logger">The plugin's logger; null for nobody.</param>
    /// <param name="trainer">Trains networks; null for a host that does not.</param>
    /// <param name="calls">Calls other plugins; null for a host in which plugins call nobody.</param>
    public FakeCapabilityContext(
        string method,
        ReadOnlyMemory<byte> body,
        CapabilityKind kind = CapabilityKind.Unary,
        PluginTestCall? call = null,
        IModelProvider? models = null,
        ILogger? logger = null,
        ITrainer? trainer = null,
        ICapabilityCaller? calls = null)
    {
        Method = method;
        Body = body;
        Models = models ?? new NoModels();
        Logger = logger ?? NullLogger.Instance;
        Trainer = trainer ?? base.Trainer;
        Calls = calls ?? base.Calls;
        _kind = kind;
        _call = call ?? new PluginTestCall();
    }

    /// <inheritdoc/>
    public override string Method { get; }

    /// <inheritdoc/>
    public override AppIdentity App => _call.App;

    /// <inheritdoc/>
    public override ReadOnlyMemory<byte> Body { get; }

    /// <inheritdoc/>
    public override CallPriority Priority => _call.Priority;

    /// <inheritdoc/>
    public override DateTimeOffset? Deadline => _call.Deadline;

    /// <inheritdoc/>
    public override string? TraceParent => _call.TraceParent;

    /// <inheritdoc/>
    public override IModelProvider Models { get; }

    /// <inheritdoc/>
    public override ITrainer Trainer { get; }

    /// <inheritdoc/>
    public override ICapabilityCaller Calls { get; }

    /// <inheritdoc/>
    public override ILogger Logger { get; }

    /// <inheritdoc/>
    public override bool Allows(string permission) => _call.Allows(permission);

    /// <inheritdoc/>
    public override void RecordAccess(string what) => _call.RecordAccess(what);

    /// <summary>The items sent so far, in order.</summary>
    public IReadOnlyList<ReadOnlyMemory<byte>> Items
    {
        get
        {
            lock (_gate) return [.. _items];
        }
    }

    /// <inheritdoc/>
    public override IAsyncEnumerable<ReadOnlyMemory<byte>> ReadItemsAsync(CancellationToken cancellationToken)
        => _kind is CapabilityKind.Duplex or CapabilityKind.ClientStream
            ? _call.Pushes ?? AsyncEnumerable.Empty<ReadOnlyMemory<byte>>()
            : base.ReadItemsAsync(cancellationToken);

    /// <inheritdoc/>
    public override ValueTask SendItemAsync(ReadOnlyMemory<byte> item, CancellationToken cancellationToken)
    {
        if (_kind is CapabilityKind.Unary or CapabilityKind.ClientStream) throw new InvalidOperationException($"'{Method}' is no stream to its caller and cannot send items.");
        cancellationToken.ThrowIfCancellationRequested();
        lock (_gate) _items.Add(item.ToArray());
        return ValueTask.CompletedTask;
    }
}
