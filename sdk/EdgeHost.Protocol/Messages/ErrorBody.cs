using EdgeHost.Serialization;
using MessagePack;

namespace EdgeHost.Protocol.Messages;

/// <summary>The error map <c>{code, message, retry_after_ms?, details?}</c>.</summary>
internal static class ErrorBody
{
    private const int MaxMessageLength = 16 * 1024;
    private const int MaxDetails = 64;

    public static void Write(ref WireWriter writer, EdgeHostException error)
    {
        writer.WriteMapHeader(2 + (error.RetryAfter is null ? 0 : 1) + (error.Details.Count == 0 ? 0 : 1));
        writer.WriteKey("code"u8);
        writer.Write(error.Code.ToWireName());
        writer.WriteKey("message"u8);
        writer.Write(error.Message);
        if (error.RetryAfter is { } retryAfter)
        {
            writer.WriteKey("retry_after_ms"u8);
            writer.Write((long)Math.Ceiling(retryAfter.TotalMilliseconds));
        }

        if (error.Details.Count == 0) return;
        writer.WriteKey("details"u8);
        writer.WriteMapHeader(error.Details.Count);
        foreach (var (name, text) in error.Details)
        {
            writer.Write(name);
            writer.Write(text);
        }
    }

    /// <summary>Reads an error; what another peer sends instead of the map becomes <see cref="ErrorCode.Internal"/>.</summary>
    public static EdgeHostException Read(ReadOnlyMemory<byte> error)
    {
        var reader = new WireReader(error);
        if (reader.NextType == MessagePackType.String) return new EdgeHostException(ErrorCode.Internal, reader.ReadString());
        if (reader.NextType != MessagePackType.Map) return new EdgeHostException(ErrorCode.Internal, "The host sent an error without a message.");
        string? code = null;
        var message = string.Empty;
        TimeSpan? retryAfter = null;
        Dictionary<string, string>? details = null;
        for (var count = reader.EnterMap(); count > 0; count--)
        {
            var key = reader.ReadKey();
            if (key.SequenceEqual("code"u8)) code = reader.ReadString(WireProtocol.MaxNameLength);
            else if (key.SequenceEqual("message"u8)) message = reader.ReadString(MaxMessageLength);
            else if (key.SequenceEqual("retry_after_ms"u8)) retryAfter = reader.TryReadNil() ? null : TimeSpan.FromMilliseconds(reader.ReadInt64(0, int.MaxValue));
            else if (key.SequenceEqual("details"u8)) details = reader.TryReadNil() ? null : ReadDetails(ref reader);
            else reader.Skip();
        }

        return new EdgeHostException(ErrorCodeNames.FromWireName(code), message)
        {
            RetryAfter = retryAfter,
            Details = details ?? [],
        };
    }

    private static Dictionary<string, string> ReadDetails(ref WireReader reader)
    {
        var details = new Dictionary<string, string>(StringComparer.Ordinal);
        for (var count = reader.EnterMap(); count > 0; count--)
        {
            var name = reader.ReadString(MaxMessageLength);
            if (reader.NextType == MessagePackType.String && details.Count < MaxDetails) details[name] = reader.ReadString(MaxMessageLength);
            else reader.Skip();
        }

        reader.Leave();
        return details;
    }
}
