using EdgeHost.Serialization;

namespace TestPlugins.Conformance;

/// <summary>A request without fields.</summary>
[WireMessage]
internal sealed partial class NoRequest;

/// <summary>A response without fields.</summary>
[WireMessage]
internal sealed partial class NoResponse;

/// <summary>Names what calls have in common.</summary>
[WireMessage]
internal sealed partial class KeyRequest
{
    public required string Key { get; init; }
}

/// <summary>How many calls of a key ran so far.</summary>
[WireMessage]
internal sealed partial class RunsResponse
{
    public required int Runs { get; init; }
}

/// <summary>How urgent a call is.</summary>
[WireMessage]
internal sealed partial class PriorityResponse
{
    public required string Priority { get; init; }
}

/// <summary>The error to answer with.</summary>
[WireMessage]
internal sealed partial class FailRequest
{
    public required string Code { get; init; }

    public string Message { get; init; } = string.Empty;

    public long? RetryAfterMs { get; init; }

    /// <summary>Becomes <c>details.fact</c>.</summary>
    public string? Fact { get; init; }
}

/// <summary>How far to count.</summary>
[WireMessage]
internal sealed partial class CountRequest
{
    [WireField(Minimum = 0, Maximum = 1_000_000)]
    public required int To { get; init; }

    /// <summary>Fails with <c>aborted</c> after so many items; never if absent.</summary>
    public int? FailAfter { get; init; }
}

/// <summary>One number.</summary>
[WireMessage]
internal sealed partial class NumberItem
{
    public required long N { get; init; }
}

/// <summary>How many items were sent.</summary>
[WireMessage]
internal sealed partial class CountResponse
{
    public required long Sent { get; init; }
}

/// <summary>Bytes to measure.</summary>
[WireMessage]
internal sealed partial class MeasureRequest
{
    public required ReadOnlyMemory<byte> Data { get; init; }
}

/// <summary>What the bytes were.</summary>
[WireMessage]
internal sealed partial class MeasureResponse
{
    public required long Bytes { get; init; }

    /// <summary>The sum of all bytes.</summary>
    public required long Sum { get; init; }
}

/// <summary>Begins a sum.</summary>
[WireMessage]
internal sealed partial class SumRequest
{
    /// <summary>Takes nothing until this key was released; at once if absent.</summary>
    public string? WaitFor { get; init; }
}

/// <summary>What came.</summary>
[WireMessage]
internal sealed partial class SumResponse
{
    public long Count { get; init; }

    public long Sum { get; init; }
}
