namespace EdgeHost.Benchmarks.Transport.Peers;

/// <summary>Answers raw requests.</summary>
internal static class RawServer
{
    public static SocketListener Start(string path) => SocketListener.Start(path, static socket => new RawConnection(socket).Run());
}
