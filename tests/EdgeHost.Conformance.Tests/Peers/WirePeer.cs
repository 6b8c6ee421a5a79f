using System.Net.Sockets;
using System.Text.Json.Nodes;
using EdgeHost.Conformance.Tests.Notation;
using MessagePack;

namespace EdgeHost.Conformance.Tests.Peers;

/// <summary>One end of a connection that sends and receives what a case says, with nothing of the product in between.</summary>
internal sealed class WirePeer : IDisposable
{
    private readonly Socket _socket;
    private readonly NetworkStream _stream;
    private readonly MessagePackStreamReader _reader;

    public WirePeer(Socket socket)
    {
        _socket = socket;
        _stream = new NetworkStream(socket, ownsSocket: true);
        _reader = new MessagePackStreamReader(_stream, leaveOpen: true);
    }

    public static async Task<WirePeer> ConnectAsync(string endpoint, CancellationToken cancellationToken)
    {
        var socket = new Socket(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified);
        await socket.ConnectAsync(new UnixDomainSocketEndPoint(endpoint), cancellationToken);
        return new WirePeer(socket);
    }

    /// <summary>Sends bytes, in pieces if the case wants that.</summary>
    public async Task SendAsync(ReadOnlyMemory<byte> bytes, int pieceBytes, CancellationToken cancellationToken)
    {
        if (pieceBytes <= 0) pieceBytes = Math.Max(bytes.Length, 1);
        while (!bytes.IsEmpty)
        {
            var piece = bytes[..Math.Min(pieceBytes, bytes.Length)];
            bytes = bytes[piece.Length..];
            await _stream.WriteAsync(piece, cancellationToken);
        }
    }

    /// <summary>The next message; null at the end of the connection.</summary>
    public async Task<JsonArray?> ReceiveAsync(CancellationToken cancellationToken)
    {
        try
        {
            return await _reader.ReadAsync(cancellationToken) is { } message ? PackJson.Decode(message)!.AsArray() : null;
        }
        catch (IOException)
        {
            return null; // The other side closed while bytes of ours were on their way.
        }
    }

    /// <summary>Says that nothing more is sent.</summary>
    public void ShutDown() => _socket.Shutdown(SocketShutdown.Send);

    public void Dispose()
    {
        _reader.Dispose();
        _stream.Dispose();
    }
}
