using System.Buffers.Binary;
using System.Net.Sockets;
using System.Text;
using EdgeHost.Protocol;
using EdgeHost.Protocol.Frames;
using EdgeHost.Protocol.Messages;
using MessagePack;

namespace EdgeHost.Fuzz.Targets;

/// <summary>A client that says what it is told and listens until it is answered or cut off.</summary>
internal sealed class Conversation : IByteSource, IDisposable
{
    private readonly Socket _socket = new(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified);
    private readonly FrameReader _reader = new(WireProtocol.DefaultMaxFrameBytes, WireProtocol.DefaultMaxDepth, pool: null);

    /// <summary>Connects.</summary>
    /// <param name="endpoint">The socket's path.</param>
    /// <param name="patience">A silence as long as this is a hang.</param>
    public Conversation(string endpoint, TimeSpan patience)
    {
        _socket.ReceiveTimeout = _socket.SendTimeout = (int)patience.TotalMilliseconds;
        _socket.Connect(new UnixDomainSocketEndPoint(endpoint));
    }

    /// <summary>Says hello and opens a region.</summary>
    /// <returns>The input with the region's id in place of <see cref="WireTokens.RegionId"/>.</returns>
    public byte[] OpenRegion(byte[] input)
    {
        Send(WireTokens.Hello);
        Send(WireTokens.OpenRegion);
        for (var answers = 0; answers < 2; answers++)
        {
            if (!Next()) throw new FuzzException("The host refused hello or a region.");
        }

        var reader = new MessagePackReader(RpcMessage.Read(_reader.Frame).Second);
        var id = new byte[sizeof(uint)];
        for (var pairs = reader.ReadMapHeader(); pairs > 0; pairs--)
        {
            if (reader.ReadString() == "region") BinaryPrimitives.WriteUInt32BigEndian(id, reader.ReadUInt32());
            else reader.Skip();
        }

        var known = input.ToArray();
        for (var at = known.AsSpan().IndexOf(WireTokens.RegionId); at >= 0; at = known.AsSpan().IndexOf(WireTokens.RegionId)) id.CopyTo(known, at);
        return known;
    }

    /// <summary>Sends and listens.</summary>
    /// <param name="input">What is sent first.</param>
    /// <param name="last">A request sent then, whose answer ends the conversation; empty to say instead that nothing more comes.</param>
    /// <param name="lastId">Its id.</param>
    /// <returns>What was heard, each different thing once.</returns>
    public IReadOnlyCollection<string> Run(byte[] input, byte[] last, uint lastId)
    {
        var heard = new SortedSet<string>(StringComparer.Ordinal);
        try
        {
            Send(input);
            if (last.Length > 0) Send(last);
            else _socket.Shutdown(SocketShutdown.Send);
            while (Next())
            {
                var message = RpcMessage.Read(_reader.Frame);
                heard.Add(Describe(message));
                if (message.Kind == RpcKind.Response && message.Id == lastId) break;
            }
        }
        catch (SocketException e) when (e.SocketErrorCode is SocketError.ConnectionReset or SocketError.Shutdown or SocketError.ConnectionAborted)
        {
            heard.Add("cut off");
        }
        catch (SocketException e) when (e.SocketErrorCode is SocketError.TimedOut or SocketError.WouldBlock)
        {
            throw new FuzzException("The host hangs.");
        }

        return heard;
    }

    public int Receive(Span<byte> buffer) => _socket.Receive(buffer);

    public void Dispose()
    {
        _reader.Release();
        _socket.Dispose();
    }

    private static string Describe(in RpcMessage message)
    {
        if (message.Kind == RpcKind.Notification) return Encoding.UTF8.GetString(message.Method);
        return message.First.Span[0] == 0xc0 ? "ok" : Behaviour.Of(ErrorBody.Read(message.First));
    }

    private bool Next()
    {
        while (!_reader.TryNext())
        {
            if (_reader.Receive(this) == 0) return false;
        }

        return true;
    }

    private void Send(ReadOnlySpan<byte> bytes)
    {
        while (!bytes.IsEmpty) bytes = bytes[_socket.Send(bytes)..];
    }
}
