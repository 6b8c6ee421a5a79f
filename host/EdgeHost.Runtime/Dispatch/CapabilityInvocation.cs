using EdgeHost.Runtime.Scheduling;

namespace EdgeHost.Runtime.Dispatch;

/// <summary>
/// One call as it came in, before anybody is found to serve it. Unchanged until <see cref="ICapabilityDispatcher.InvokeAsync"/> has completed; its maker may
/// use it for another call then.
/// </summary>
public sealed class CapabilityInvocation
{
    /// <summary>The method.</summary>
    public required string Method { get; set; }

    /// <summary>The request body (MessagePack), untrusted; its owner keeps it until the call ends.</summary>
    public required ReadOnlyMemory<byte> Body { get; set; }

    /// <summary>What the references in the body stand for, or null if it has none. A handler that does not follow them gets the bytes in their place.</summary>
    public IBodyReferences? References { get; set; }

    /// <summary>Who calls.</summary>
    public required AppIdentity App { get; set; }

    /// <summary>Is told what its steps cost, or null for nobody.</summary>
    public IDeviceTimeAccount? Account { get; set; }

    /// <summary>How urgent it is.</summary>
    public CallPriority Priority { get; set; } = CallPriority.Normal;

    /// <summary>When the caller stops waiting, or null.</summary>
    public DateTimeOffset? Deadline { get; set; }

    /// <summary>The W3C traceparent, or null.</summary>
    public string? TraceParent { get; set; }

    /// <summary>Takes the items of a server stream, or null where the caller cannot take any.</summary>
    public IItemSink? Items { get; set; }

    /// <summary>The plugins that wait for it, the first caller first: one calls another for an app. Empty where an app calls itself.</summary>
    public IReadOnlyList<string> Callers { get; set; } = [];

    /// <summary>Whether the caller will learn the call's id, and could give feedback on its answer.</summary>
    public bool WantsCallId { get; set; }

    /// <summary>Whether the caller gave the call a key by which it runs once, which only a single response can be kept for.</summary>
    public bool MustBeUnary { get; set; }

    /// <summary>Gives what the caller pushes, or null where it can push nothing.</summary>
    public IItemSource? Pushes { get; set; }
}
