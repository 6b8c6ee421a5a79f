namespace EdgeHost.Protocol;

/// <summary>The version of the wire protocol and the limits a host has unless it is configured otherwise.</summary>
public static class WireProtocol
{
    /// <summary>The protocol version that hello carries.</summary>
    public const int Version = 1;

    /// <summary>Largest frame, in bytes: 64 MiB.</summary>
    public const int DefaultMaxFrameBytes = 64 * 1024 * 1024;

    /// <summary>Deepest nesting of maps and arrays in a frame, the frame's own array included.</summary>
    public const int DefaultMaxDepth = 64;

    /// <summary>Calls that may be in flight on one connection.</summary>
    public const int DefaultMaxCallsPerConnection = 256;

    /// <summary>Connections that may be open at once.</summary>
    public const int DefaultMaxConnections = 256;

    /// <summary>Items of a stream that may be under way before the receiver gives more credit.</summary>
    public const int DefaultStreamCredit = 16;

    /// <summary>Bytes of a call's pushed items that may wait for its handler: 8 MiB.</summary>
    public const int DefaultMaxPushBytes = 8 * 1024 * 1024;

    /// <summary>Longest name of an app or method, in characters.</summary>
    public const int MaxNameLength = 128;
}
