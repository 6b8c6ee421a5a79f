using System.Buffers;
using System.Buffers.Binary;
using MessagePack;

namespace EdgeHost.Fuzz.Targets;

/// <summary>Frames and parts of frames that an input may be made of.</summary>
internal static class WireTokens
{
    /// <summary>Frames of a session: hello, requests of every kind, and all that may be said about them.</summary>
    public static IReadOnlyList<byte[]> Frames { get; } =
    [
        .. Json(
            """[0, 0, "host.hello", [{"protocol": 1, "app": "fuzz"}]]""",
            """[0, 1, "host.ping", [{}]]""",
            """[0, 2, "host.capabilities", []]""",
            """[0, 3, "fuzz.echo", [{"a": 1}]]""",
            """[0, 4, "fuzz.echo", [{}, {"deadline_ms": 1000, "priority": "background", "explain": true}]]""",
            """[0, 4, "fuzz.echo", [{}, {"deadline_ms": 0, "traceparent": "x", "idempotency_key": "y"}]]""",
            """[0, 5, "fuzz.stream", [{}]]""",
            """[0, 6, "fuzz.duplex", [{}]]""",
            """[0, 7, "fuzz.wait", [{}]]""",
            """[0, 8, "fuzz.nothing", [{}]]""",
            """[0, 9, "host.open_region", [{"bytes": 5000}]]""",
            """[0, 10, "host.close_region", [{"region": 1}]]""",
            """[0, 11, "host.quota", [{}]]""",
            """[0, 12, "fuzz.echo", [{}, {"idempotency_key": "y"}]]""",
            """[2, "$/push", [6, {"a": 1}]]""",
            """[2, "$/push", [7, 1]]""",
            """[2, "$/push", [6]]""",
            """[2, "$/end", [6]]""",
            """[2, "$/end", [7]]""",
            """[2, "$/credit", [5, 1]]""",
            """[2, "$/credit", [6, 1048576]]""",
            """[2, "$/credit", [5, 0]]""",
            """[2, "$/cancel", [5]]""",
            """[2, "$/cancel", [6]]""",
            """[2, "$/cancel", [7]]""",
            """[2, "$/cancel", []]""",
            """[2, "$/other", [7]]""",
            """[1, 1, null, {}]"""),
    ];

    /// <summary>Keys and values of the messages' bodies.</summary>
    public static IReadOnlyList<byte[]> Parts { get; } =
    [
        .. Json(
            "\"protocol\"", "\"app\"", "\"token\"", "\"client\"", "\"deadline_ms\"", "\"priority\"", "\"interactive\"", "\"traceparent\"", "\"idempotency_key\"", "\"explain\"",
            "\"code\"", "\"message\"", "\"details\"", "\"retry_after_ms\"", "\"limits\"", "\"frame_bytes\"", "\"grants\"", "\"credit\"", "\"payload\"", "\"bytes\"", "\"capabilities\"",
            "\"method\"", "\"kind\"", "\"plugin\"", "\"models\"", "\"queue_us\"", "1", "-1", "1.5", "true", "null", "\"x\"", "[]", "{}", "[1]", "9223372036854775807", "\"invalid_argument\""),
        [0xc4, 0x02, 0x01, 0x02],
        [0xc6, 0x00, 0x01, 0x00, 0x00],
        [0xc7, 0x10, 0x01, .. new byte[16]],
        [0xd8, 0x01, .. new byte[16]],
        [0xdd, 0x7f, 0xff, 0xff, 0xff],
        [0xdf, 0x00, 0x00, 0x10, 0x00],
        [0xcb, 0x7f, 0xf8, 0, 0, 0, 0, 0, 0],
        [0xa4, 0xff, 0xfe, 0xc0, 0x80],
    ];

    /// <summary>Requests with references to a region, whose id is <see cref="RegionId"/>.</summary>
    public static IReadOnlyList<byte[]> References { get; } =
    [
        Referring("host.ping", 20, 0, 4096),
        Referring("host.ping", 21, 8191, 1),
        Referring("fuzz.echo", 22, 100, 0),
        Referring("fuzz.echo", 23, 0, 65536),
        Referring("fuzz.echo", 24, ulong.MaxValue, 2),
        Referring("fuzz.echo", 25, 1, uint.MaxValue),
        Referring("fuzz.duplex", 6, 16, 16),
        [0x94, 0x00, 0x1a, .. MessagePackSerializer.ConvertFromJson("\"host.close_region\""), 0x91, 0x81, .. MessagePackSerializer.ConvertFromJson("\"region\""), 0xce, .. RegionId],
        [0xd8, 0x01, .. RegionId],
        [.. RegionId],
    ];

    /// <summary>The first request of every connection.</summary>
    public static byte[] Hello => Frames[0];

    /// <summary>A request for a region of two pages.</summary>
    public static byte[] OpenRegion { get; } = Json("""[0, 1, "host.open_region", [{"bytes": 8192}]]""").Single();

    /// <summary>Stands for the id of the region that a conversation opened.</summary>
    public static ReadOnlySpan<byte> RegionId => "REGN"u8;

    /// <summary>A request with an empty body.</summary>
    public static byte[] Request(uint id, string method)
    {
        var buffer = new ArrayBufferWriter<byte>();
        var writer = new MessagePackWriter(buffer);
        writer.WriteArrayHeader(4);
        writer.Write(0);
        writer.Write(id);
        writer.Write(method);
        writer.WriteArrayHeader(0);
        writer.Flush();
        return buffer.WrittenSpan.ToArray();
    }

    private static byte[] Referring(string method, uint id, ulong offset, uint length)
    {
        var buffer = new ArrayBufferWriter<byte>();
        var writer = new MessagePackWriter(buffer);
        writer.WriteArrayHeader(4);
        writer.Write(0);
        writer.Write(id);
        writer.Write(method);
        writer.WriteArrayHeader(1);
        writer.WriteMapHeader(1);
        writer.Write("payload");
        var reference = new byte[16];
        RegionId.CopyTo(reference);
        BinaryPrimitives.WriteUInt64BigEndian(reference.AsSpan(4), offset);
        BinaryPrimitives.WriteUInt32BigEndian(reference.AsSpan(12), length);
        writer.WriteExtensionFormat(new ExtensionResult(1, reference));
        writer.Flush();
        return buffer.WrittenSpan.ToArray();
    }

    private static IEnumerable<byte[]> Json(params string[] texts) => texts.Select(static text => MessagePackSerializer.ConvertFromJson(text));
}
