namespace EdgeHost.Client.Extensions.AI;

/// <summary>What an adapter says about each of its calls, as the interfaces have no place for it. Immutable; may be reused.</summary>
public sealed class EdgeHostAIOptions
{
    /// <summary>How urgent the calls are; by default <see cref="CallPriority.Normal"/>.</summary>
    public CallPriority Priority { get; init; } = CallPriority.Normal;

    /// <summary>How long each call may take, with all that it streams; more than zero. Null, the default, for the host's own limit.</summary>
    public TimeSpan? Deadline { get; init; }

    internal static EdgeHostAIOptions Checked(EdgeHostAIOptions? options)
    {
        options ??= new EdgeHostAIOptions();
        if (options.Deadline is { } deadline) ArgumentOutOfRangeException.ThrowIfLessThanOrEqual(deadline, TimeSpan.Zero, nameof(options));
        return options;
    }

    internal CallOptions ToCallOptions(Action<ReadOnlyMemory<byte>>? onStreamResponse = null)
        => new() { Priority = Priority, Deadline = Deadline, OnStreamResponse = onStreamResponse };
}
