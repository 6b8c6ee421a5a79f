using System.Buffers;
using System.Net.Sockets;
using EdgeHost.Protocol;
using EdgeHost.Protocol.Connections;
using EdgeHost.Protocol.Frames;
using EdgeHost.Protocol.Messages;
using EdgeHost.Serialization;
using MessagePack;

namespace EdgeHost.Ipc.Tests.Support;

/// <summary>Speaks bytes, as a client of another language or a broken one would.</summary>
internal sealed class RawClient : IByteSource, IDisposable
{
    private readonly Socket _socket = new(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified);
    private readonly FrameReader _reader = new(WireProtocol.DefaultMaxFrameBytes, WireProtocol.DefaultMaxDepth, pool: null);

    public RawClient(string endpoint)
    {
        _socket.ReceiveTimeout = (int)Unexpected.Timeout.TotalMilliseconds;
        _socket.SendTimeout = (int)Unexpected.Timeout.TotalMilliseconds;
        _socket.Connect(new UnixDomainSocketEndPoint(endpoint));
    }

    public Socket Socket => _socket;

    public static byte[] Request(uint id, string method, byte[]? body = null, byte[]? context = null)
    {
        var buffer = new ArrayBufferWriter<byte>();
        var writer = new MessagePackWriter(buffer);
        writer.WriteArrayHeader(4);
        writer.Write(0);
        writer.Write(id);
        writer.Write(method);
        writer.WriteArrayHeader(context is null ? 1 : 2);
        writer.WriteRaw(body ?? [0x80]);
        if (context is not null) writer.WriteRaw(context);
        writer.Flush();
        return buffer.WrittenSpan.ToArray();
    }

    public static byte[] Notification(string method, params long[] parameters)
    {
        var buffer = new ArrayBufferWriter<byte>();
        var writer = new MessagePackWriter(buffer);
        writer.WriteArrayHeader(3);
        writer.Write(2);
        writer.Write(method);
        writer.WriteArrayHeader(parameters.Length);
        foreach (var value in parameters)
        {
            writer.Write(value);
        }

        writer.Flush();
        return buffer.WrittenSpan.ToArray();
    }

    public static byte[] Json(string json) => MessagePackSerializer.ConvertFromJson(json);

    public void Send(params ReadOnlySpan<byte> bytes)
    {
        while (!bytes.IsEmpty)
        {
            bytes = bytes[_socket.Send(bytes)..];
        }
    }

    public void Hello(string app = "raw")
    {
        Send(Request(0, HostMethods.Hello, Json($$"""{"protocol":1,"app":"{{app}}"}""")));
        var answer = Receive();
        Assert.Null(answer!.Error);
    }

    /// <summary>The next message as JSON and, if it is an error response, the error; null at the end.</summary>
    public RawMessage? Receive()
    {
        while (!_reader.TryNext())
        {
            if (_reader.Receive(this) == 0) return null;
        }

        var message = RpcMessage.Read(_reader.Frame);
        return new RawMessage(
            message.Kind,
            message.Id,
            System.Text.Encoding.UTF8.GetString(message.Method),
            message.Kind == RpcKind.Response && message.First.Span[0] != 0xc0 ? ErrorBody.Read(message.First.ToArray()) : null,
            MessagePackSerializer.ConvertToJson(message.Kind == RpcKind.Response ? message.Second : message.First));
    }

    /// <summary>The reason that the host gives before it closes.</summary>
    public CloseReason ReceiveClose()
    {
        CloseReason? reason = null;
        while (true)
        {
            RawMessage? message;
            try
            {
                message = Receive();
            }
            catch (SocketException e) when (e.SocketErrorCode == SocketError.ConnectionReset)
            {
                message = null;
            }

            if (message is null) return reason ?? throw new InvalidOperationException("The host closed the connection without a reason.");
            if (message.Method != "$/going_away") continue;
            var reader = new WireReader(Json(message.Json));
            reader.EnterArray();
            reason = CloseReason.Read(ref reader);
        }
    }

    public int Receive(Span<byte> buffer) => _socket.Receive(buffer);

    public void Dispose() => _socket.Dispose();
}
