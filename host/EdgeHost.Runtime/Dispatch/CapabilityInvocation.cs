using EdgeHost.Runtime.Scheduling;

namespace EdgeHost.Runtime.Dispatch;

/// <summary>One call as it came in, before anybody is found to serve it.</summary>
public sealed class CapabilityInvocation
{
    /// <summary>The method.</summary>
    public required string Method { get; init; }

    /// <summary>The request body (MessagePack), untrusted; its owner keeps it until the call ends.</summary>
    public required ReadOnlyMemory<byte> Body { get; init; }

    /// <summary>What the references in the body stand for, or null if it has none. A handler that does not follow them gets the bytes in their place.</summary>
    public IBodyReferences? References { get; init; }

    /// <summary>Who calls.</summary>
    public required AppIdentity App { get; init; }

    /// <summary>Is told what its steps cost, or null for nobody.</summary>
    public IDeviceTimeAccount? Account { get; init; }

    /// <summary>How urgent it is.</summary>
    public CallPriority Priority { get; init; } = CallPriority.Normal;

    /// <summary>When the caller stops waiting, or null.</summary>
    public DateTimeOffset? Deadline { get; init; }

    /// <summary>The W3C traceparent, or null.</summary>
    public string? TraceParent { get; init; }

    /// <summary>Takes the items of a server stream, or null where the caller cannot take any.</summary>
    public IItemSink? Items { get; init; }

    /// <summary>Whether the caller gave the call a key by which it runs once, which only a single response can be kept for.</summary>
    public bool MustBeUnary { get; init; }

    /// <summary>Gives what the caller pushes, or null where it can push nothing.</summary>
    public IItemSource? Pushes { get; init; }
}
