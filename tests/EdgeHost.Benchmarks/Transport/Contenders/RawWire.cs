using System.Buffers.Binary;
using System.Net.Sockets;

namespace EdgeHost.Benchmarks.Transport.Contenders;

/// <summary>The least a protocol can be: a request is its length and that of the answer, four bytes each, and the payload; an answer is its length and bytes.</summary>
internal static class RawWire
{
    public const int RequestHeaderBytes = 8;
    public const int AnswerHeaderBytes = 4;

    public static byte[] Request(ReadOnlySpan<byte> payload, int answerBytes)
    {
        var request = new byte[RequestHeaderBytes + payload.Length];
        BinaryPrimitives.WriteInt32LittleEndian(request, payload.Length);
        BinaryPrimitives.WriteInt32LittleEndian(request.AsSpan(4), answerBytes);
        payload.CopyTo(request.AsSpan(RequestHeaderBytes));
        return request;
    }

    public static byte[] Answer(int bytes)
    {
        var answer = new byte[AnswerHeaderBytes + bytes];
        BinaryPrimitives.WriteInt32LittleEndian(answer, bytes);
        return answer;
    }

    public static void SendAll(Socket socket, ReadOnlySpan<byte> bytes)
    {
        while (!bytes.IsEmpty) bytes = bytes[socket.Send(bytes)..];
    }

    public static void ReceiveAll(Socket socket, Span<byte> bytes)
    {
        while (!bytes.IsEmpty)
        {
            var received = socket.Receive(bytes);
            if (received == 0) throw new EndOfStreamException("The other side closed.");
            bytes = bytes[received..];
        }
    }

    public static Socket Connect(string path)
    {
        var socket = new Socket(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified);
        try
        {
            socket.Connect(new UnixDomainSocketEndPoint(path));
            return socket;
        }
        catch
        {
            socket.Dispose();
            throw;
        }
    }
}
