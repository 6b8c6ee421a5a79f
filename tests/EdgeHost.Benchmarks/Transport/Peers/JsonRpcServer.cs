using System.Net.Sockets;
using StreamJsonRpc;

namespace EdgeHost.Benchmarks.Transport.Peers;

/// <summary>StreamJsonRpc with its MessagePack formatter and length headers.</summary>
internal static class JsonRpcServer
{
    public static SocketListener Start(string path) => SocketListener.Start(path, static socket => Attach(socket, new JsonRpcTarget()).StartListening());

    /// <summary>One end of a connection; disposing it closes the socket.</summary>
    /// <param name="socket">Owned from now on.</param>
    /// <param name="target">What answers, or null for the end that calls.</param>
    public static JsonRpc Attach(Socket socket, JsonRpcTarget? target)
    {
#pragma warning disable CA2000 // Each owns the one before it, and the caller the last.
        var stream = new NetworkStream(socket, ownsSocket: true);
        var rpc = new JsonRpc(new LengthHeaderMessageHandler(stream, stream, new MessagePackFormatter()));
#pragma warning restore CA2000
        if (target is not null) rpc.AddLocalRpcTarget(target);
        return rpc;
    }
}
