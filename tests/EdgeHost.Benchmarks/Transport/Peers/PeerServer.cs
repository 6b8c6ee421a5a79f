using EdgeHost.Benchmarks.Transport.Measuring;

namespace EdgeHost.Benchmarks.Transport.Peers;

/// <summary>
/// The process that answers one kind of peer: this program again, with a verb that is not shown. It says a line when it listens, answers each line on
/// its standard input with what it has used so far, and ends with the input.
/// </summary>
internal static class PeerServer
{
    public const string Verb = "child-transport";

    /// <summary>Runs the process: kind and socket path.</summary>
    public static async Task<int> RunAsync(string[] arguments)
    {
        IAsyncDisposable server = arguments[0] switch
        {
            PeerKinds.Raw => RawServer.Start(arguments[1]),
            PeerKinds.StreamJsonRpc => JsonRpcServer.Start(arguments[1]),
            PeerKinds.Grpc => await GrpcServer.StartAsync(arguments[1]),
            PeerKinds.Json => await JsonServer.StartAsync(arguments[1]),
            _ => throw new ArgumentException($"There is no peer {arguments[0]}."),
        };
        await using (server)
        {
            Console.WriteLine("listening");
            while (await Console.In.ReadLineAsync() is not null)
            {
                var use = ResourceUse.OfThisProcess();
                Console.WriteLine($"{use.AllocatedBytes} {use.CpuMicroseconds}");
            }
        }

        return 0;
    }
}
