namespace EdgeHost.Runtime.Devices;

/// <summary>A compute device as the engine reports it. Immutable.</summary>
public sealed class DeviceDescription
{
    /// <summary>A name that is unique on this machine and the same after a restart: <c>cpu</c>, <c>gpu0</c>, <c>npu0</c>.</summary>
    public required string Id { get; init; }

    /// <summary>Its kind.</summary>
    public required DeviceKind Kind { get; init; }

    /// <summary>Vendor and model for people.</summary>
    public required string Name { get; init; }

    /// <summary>The engine's provider for it, for example <c>CPUExecutionProvider</c>.</summary>
    public required string Provider { get; init; }

    /// <summary>Memory of its own in bytes, or null where it shares the machine's or nobody knows.</summary>
    public long? MemoryBytes { get; init; }

    /// <summary>
    /// Whether a running step can be stopped between two nodes. True for the processor; false for an NPU or GPU whose provider runs the whole graph as one
    /// node: there a step ends when it ends, and the remedy for long background steps is not to start them.
    /// </summary>
    public bool IsInterruptible { get; init; } = true;

    /// <summary>Whether it calls itself virtual: it computes on the processor and exists for tests.</summary>
    public bool IsVirtual { get; init; }

    /// <summary>Steps it runs at once.</summary>
    public int Concurrency { get; init; } = 1;
}
