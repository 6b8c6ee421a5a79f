using System.Net.Sockets;
using System.Runtime.InteropServices;

namespace EdgeHost.Protocol.Connections;

/// <summary>What the operating system says of the process at the other end of a Unix socket; -1 where it does not.</summary>
internal readonly record struct PeerCredentials(long ProcessId, long UserId, long GroupId)
{
    private const int SocketLevel = 1;
    private const int PeerCredentialsOption = 17;

    /// <summary>Nobody known.</summary>
    public static PeerCredentials Unknown => new(-1, -1, -1);

    /// <summary>Asks the socket. On the client's side it names the process that listens.</summary>
    public static PeerCredentials Of(Socket socket)
    {
        if (!OperatingSystem.IsLinux()) return Unknown;
        Span<int> values = stackalloc int[3];
        try
        {
            var bytes = socket.GetRawSocketOption(SocketLevel, PeerCredentialsOption, MemoryMarshal.AsBytes(values));
            return bytes == 12 ? new PeerCredentials(values[0], (uint)values[1], (uint)values[2]) : Unknown;
        }
        catch (SocketException)
        {
            return Unknown;
        }
    }
}
