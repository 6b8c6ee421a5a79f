using Microsoft.Extensions.Logging;

namespace EdgeHost.PluginSdk;

/// <summary>One call as the handler sees it. Valid until the handler's task completes; members are thread-safe.</summary>
public abstract class CapabilityContext
{
    /// <summary>The method that was called.</summary>
    public abstract string Method { get; }

    /// <summary>Who called.</summary>
    public abstract AppIdentity App { get; }

    /// <summary>The request body (MessagePack): untrusted bytes in a pooled buffer that is taken back when the call ends.</summary>
    public abstract ReadOnlyMemory<byte> Body { get; }

    /// <summary>
    /// Whether <see cref="Body"/> has references into memory that the app shares, each in place of a binary: MessagePack extension type 1 of 16
    /// bytes. Only ever true for a capability whose descriptor says <see cref="CapabilityDescriptor.ResolvesReferences"/>.
    /// </summary>
    public virtual bool HasReferences => false;

    /// <summary>How urgent the call is.</summary>
    public abstract CallPriority Priority { get; }

    /// <summary>When the caller stops waiting, or null. The handler's token is cancelled then.</summary>
    public abstract DateTimeOffset? Deadline { get; }

    /// <summary>The W3C <c>traceparent</c> the caller sent, or null.</summary>
    public abstract string? TraceParent { get; }

    /// <summary>Leases of models for this call: steps run with its priority and deadline and on its app's account.</summary>
    public abstract IModelProvider Models { get; }

    /// <summary>Trains small networks, on the account of the app that called. It may be used after the call has ended, until the plugin stops. A host that does not train says so when it is asked to (default). Since contract 1.3.</summary>
    public virtual ITrainer Trainer => NoTrainer.Instance;

    /// <summary>Calls capabilities of other plugins, in the name of the app that called. It may be used after the call has ended, until the plugin stops. A host without such calls says so when it is asked to (default). Since contract 1.3.</summary>
    public virtual ICapabilityCaller Calls => NoCaller.Instance;

    /// <summary>A logger named after the plugin.</summary>
    public abstract ILogger Logger { get; }

    /// <summary>
    /// Follows a reference of <see cref="Body"/>. The bytes are the app's own memory, without a copy: valid until the call ends, and the app may
    /// change them at any time. Read a size that you check only once, and copy what must not change between a check and its use.
    /// </summary>
    /// <param name="reference">The payload of the extension value, of any length.</param>
    /// <param name="binary">The bytes.</param>
    /// <param name="problem">If it leads nowhere: why, as the rest of a sentence that starts with the field's name; otherwise null.</param>
    /// <returns>Whether it leads somewhere.</returns>
    /// <exception cref="ObjectDisposedException">The call has ended.</exception>
    public virtual bool TryResolve(ReadOnlySpan<byte> reference, out ReadOnlyMemory<byte> binary, out string? problem)
    {
        binary = default;
        problem = "is a reference, which this call cannot follow; send the bytes themselves";
        return false;
    }

    /// <summary>
    /// Says what the answer is, so that apps can give feedback on it (<c>feedback</c>) and drift is watched. The last report of a call counts, if the call succeeds. A
    /// host that does not learn ignores it (default).
    /// </summary>
    /// <param name="answer">The answer, and what was judged.</param>
    /// <exception cref="ObjectDisposedException">The call has ended.</exception>
    public virtual void ReportAnswer(AnswerReport answer)
    {
    }

    /// <summary>
    /// Whether the device's owner allows the calling app something that the plugin has a name for, beside the method itself: <c>edgehost apps grant APP NAME</c>. The rules that hold for methods
    /// hold for it, and changes hold at once. A host that knows no rules allows nothing (default). Since contract 1.4.
    /// </summary>
    /// <param name="permission">Named as methods are, and beginning with the plugin's own group, for example <c>health.read.glucose</c>.</param>
    public virtual bool Allows(string permission) => false;

    /// <summary>
    /// Puts on record in the host's audit log that the calling app has had what its owner wants to know of. A host that keeps no such log ignores it (default). Never blocks. Since contract 1.4.
    /// </summary>
    /// <param name="what">What, in few words and without its content: the log is not encrypted. At most 500 characters are kept.</param>
    public virtual void RecordAccess(string what)
    {
    }

    /// <summary>
    /// Sends one item of a server stream or duplex call. Completes when the item is handed to the transport; waits while the
    /// caller has given no credit, so a slow reader slows the handler and nothing is queued without bound.
    /// </summary>
    /// <param name="item">The item (MessagePack); copied before the task completes.</param>
    /// <param name="cancellationToken">Stops waiting.</param>
    /// <exception cref="InvalidOperationException">The capability is unary.</exception>
    public abstract ValueTask SendItemAsync(ReadOnlyMemory<byte> item, CancellationToken cancellationToken);

    /// <summary>
    /// The items that the caller pushes, in order, until it says that there are no more. The caller gets credit for more as they are taken, so a slow
    /// handler slows the caller and nothing is queued without bound. Enumerate once; not thread-safe.
    /// </summary>
    /// <param name="cancellationToken">Stops waiting.</param>
    /// <returns>Each item (MessagePack): untrusted bytes, valid until the next one is asked for.</returns>
    /// <exception cref="InvalidOperationException">The capability takes no items, or they were enumerated before.</exception>
    /// <exception cref="OperationCanceledException">While enumerating: the call was cancelled, or <paramref name="cancellationToken"/>.</exception>
    public virtual IAsyncEnumerable<ReadOnlyMemory<byte>> ReadItemsAsync(CancellationToken cancellationToken)
        => throw new InvalidOperationException($"'{Method}' takes no items from its caller.");
}
