using EdgeHost.Serialization;

namespace EdgeHost.Protocol;

/// <summary>The limits a host announces in hello. Immutable.</summary>
public sealed record HostLimits : IWireMessage<HostLimits>
{
    /// <summary>Largest frame, in bytes.</summary>
    public int MaxFrameBytes { get; init; } = WireProtocol.DefaultMaxFrameBytes;

    /// <summary>Deepest nesting of maps and arrays in a frame, the frame's own array included.</summary>
    public int MaxDepth { get; init; } = WireProtocol.DefaultMaxDepth;

    /// <summary>Calls that may be in flight on this connection.</summary>
    public int MaxCallsPerConnection { get; init; } = WireProtocol.DefaultMaxCallsPerConnection;

    /// <summary>Connections that the host takes in all.</summary>
    public int MaxConnections { get; init; } = WireProtocol.DefaultMaxConnections;

    /// <summary>After this time without a frame and without a call the host closes the connection; zero for never.</summary>
    public TimeSpan IdleTimeout { get; init; }

    /// <summary>Bytes that this connection's shared-memory regions may have in all; 0 where the host has no regions.</summary>
    public long MaxRegionBytes { get; init; }

    /// <summary>Shared-memory regions that this connection may have open; 0 where the host has none.</summary>
    public int MaxRegions { get; init; }

    /// <summary>Bytes of a call's pushed items that may wait for its handler: once there are so many the client pushes no more until it gets credit.</summary>
    public long MaxPushBytes { get; init; } = WireProtocol.DefaultMaxPushBytes;

    /// <inheritdoc/>
    public static string JsonSchema =>
        """{"type":"object","properties":{"frame_bytes":{"type":"integer"},"depth":{"type":"integer"},"in_flight_calls":{"type":"integer"},"connections":{"type":"integer"},"idle_ms":{"type":"integer"},"region_bytes":{"type":"integer"},"regions":{"type":"integer"},"push_bytes":{"type":"integer"}}}""";

    /// <inheritdoc/>
    public static void Write(ref WireWriter writer, HostLimits value)
    {
        ArgumentNullException.ThrowIfNull(value);
        writer.WriteMapHeader(8);
        writer.WriteKey("frame_bytes"u8);
        writer.Write((long)value.MaxFrameBytes);
        writer.WriteKey("depth"u8);
        writer.Write((long)value.MaxDepth);
        writer.WriteKey("in_flight_calls"u8);
        writer.Write((long)value.MaxCallsPerConnection);
        writer.WriteKey("connections"u8);
        writer.Write((long)value.MaxConnections);
        writer.WriteKey("idle_ms"u8);
        writer.Write((long)value.IdleTimeout.TotalMilliseconds);
        writer.WriteKey("region_bytes"u8);
        writer.Write(value.MaxRegionBytes);
        writer.WriteKey("regions"u8);
        writer.Write((long)value.MaxRegions);
        writer.WriteKey("push_bytes"u8);
        writer.Write(value.MaxPushBytes);
    }

    /// <inheritdoc/>
    public static HostLimits Read(ref WireReader reader)
    {
        var result = new HostLimits();
        for (var count = reader.EnterMap(); count > 0; count--)
        {
            var key = reader.ReadKey();
            if (key.SequenceEqual("frame_bytes"u8)) result = result with { MaxFrameBytes = (int)reader.ReadInt64(1, int.MaxValue) };
            else if (key.SequenceEqual("depth"u8)) result = result with { MaxDepth = (int)reader.ReadInt64(1, int.MaxValue) };
            else if (key.SequenceEqual("in_flight_calls"u8)) result = result with { MaxCallsPerConnection = (int)reader.ReadInt64(1, int.MaxValue) };
            else if (key.SequenceEqual("connections"u8)) result = result with { MaxConnections = (int)reader.ReadInt64(1, int.MaxValue) };
            else if (key.SequenceEqual("idle_ms"u8)) result = result with { IdleTimeout = TimeSpan.FromMilliseconds(reader.ReadInt64(0, int.MaxValue)) };
            else if (key.SequenceEqual("region_bytes"u8)) result = result with { MaxRegionBytes = reader.ReadInt64(0) };
            else if (key.SequenceEqual("regions"u8)) result = result with { MaxRegions = reader.ReadInt32(0) };
            else if (key.SequenceEqual("push_bytes"u8)) result = result with { MaxPushBytes = reader.ReadInt64(1) };
            else reader.Skip();
        }

        reader.Leave();
        return result;
    }
}
