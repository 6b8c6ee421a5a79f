using EdgeHost.Serialization;

namespace TestPlugins.SimulatedAI;

[WireMessage]
internal sealed partial class TranscribeRequest
{
    public required ReadOnlyMemory<byte> Audio { get; init; }

    public int? SampleRateHz { get; init; }

    public string? Language { get; init; }
}

[WireMessage]
internal sealed partial class Segment
{
    public long StartMs { get; init; }

    public long EndMs { get; init; }

    public required string Text { get; init; }
}

[WireMessage]
internal sealed partial class TranscribeResponse
{
    public required string Text { get; init; }

    public IReadOnlyList<Segment> Segments { get; init; } = [];

    public IReadOnlyList<string> Models { get; init; } = [];
}

[WireMessage]
internal sealed partial class TranscribeStreamRequest
{
    public int? SampleRateHz { get; init; }

    public string? Language { get; init; }
}

[WireMessage]
internal sealed partial class AudioPiece
{
    public required ReadOnlyMemory<byte> Audio { get; init; }
}

[WireMessage]
internal sealed partial class StreamSegment
{
    public long StartMs { get; init; }

    public long EndMs { get; init; }

    public required string Text { get; init; }

    public bool IsFinal { get; init; }
}
