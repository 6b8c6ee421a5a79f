namespace EdgeHost.PluginSdk.Testing;

/// <summary>Who calls and how urgently. Every member has a default.</summary>
public sealed class PluginTestCall
{
    /// <summary>Who calls.</summary>
    public AppIdentity App { get; init; } = new("test-app", 1000, 1);

    /// <summary>How urgent the call is.</summary>
    public CallPriority Priority { get; init; } = CallPriority.Normal;

    /// <summary>When the caller stops waiting, or null. The call's token is cancelled then, by the host's clock.</summary>
    public DateTimeOffset? Deadline { get; init; }

    /// <summary>The W3C traceparent, or null.</summary>
    public string? TraceParent { get; init; }

    /// <summary>Whether the device's owner allows the caller what the plugin asks for (<see cref="CapabilityContext.Allows"/>); by default everything.</summary>
    public Func<string, bool> Allows { get; init; } = static _ => true;

    /// <summary>Told what the plugin puts on record (<see cref="CapabilityContext.RecordAccess"/>); by default nobody.</summary>
    public Action<string> RecordAccess { get; init; } = static _ => { };

    /// <summary>What the caller pushes (MessagePack), then ends the stream; for client streams and duplex calls.</summary>
    public IAsyncEnumerable<ReadOnlyMemory<byte>>? Pushes { get; init; }
}
