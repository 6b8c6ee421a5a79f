using EdgeHost.Protocol;
using EdgeHost.Protocol.Connections;
using EdgeHost.Protocol.Frames;
using EdgeHost.Protocol.Messages;
using EdgeHost.Serialization;

namespace EdgeHost.Fuzz.Targets;

/// <summary>
/// The readers of messages, each given any well-formed value: they read it or say what is wrong with it, and allocate no more than a multiple of its size.
/// </summary>
internal sealed class MessageTarget : IFuzzTarget
{
    public const string TargetName = "messages";

    private const int MaxDepth = 64;
    private const int MostAllocatedTimes = 64;
    private const int MostAllocatedBytes = 64 * 1024;

    private static readonly (string Name, Action<ReadOnlyMemory<byte>> Read)[] Readers =
    [
        ("rpc", static bytes => RpcMessage.Read(bytes)),
        ("hello", static bytes => Read<HelloRequest>(bytes)),
        ("welcome", static bytes => Read<HelloResponse>(bytes)),
        ("context", static bytes => CallContext.Read(bytes)),
        ("error", static bytes => ErrorBody.Read(bytes)),
        ("ping", static bytes => Read<PingRequest>(bytes)),
        ("pong", static bytes => Read<PingResponse>(bytes)),
        ("capabilities_request", static bytes => CapabilitiesRequest.Read(bytes)),
        ("capabilities", static bytes => Read<CapabilitiesResponse>(bytes)),
        ("info", static bytes => Read<CallInfo>(bytes)),
        ("close", static bytes => Read<CloseReason>(bytes)),
    ];

    public string Name => TargetName;

    public IReadOnlyList<byte[]> Tokens { get; } = [.. WireTokens.Parts, .. WireTokens.Frames];

    public ValueTask<IReadOnlyCollection<string>> RunAsync(byte[] input)
    {
        IReadOnlyCollection<string> did = IsOneValue(input) ? [.. Readers.Select(reader => $"{reader.Name} {Try(reader.Read, input)}")] : [];
        return ValueTask.FromResult(did);
    }

    public ValueTask DisposeAsync() => ValueTask.CompletedTask;

    private static string Try(Action<ReadOnlyMemory<byte>> read, byte[] input)
    {
        var before = GC.GetAllocatedBytesForCurrentThread();
        string outcome;
        try
        {
            read(input);
            outcome = "ok";
        }
        catch (EdgeHostException e)
        {
            outcome = Behaviour.Of(e);
        }

        var allocated = GC.GetAllocatedBytesForCurrentThread() - before;
        if (allocated > MostAllocatedBytes + (MostAllocatedTimes * (long)input.Length)) throw new FuzzException($"{allocated} bytes were allocated for {input.Length}.");
        return outcome;
    }

    private static void Read<T>(ReadOnlyMemory<byte> bytes)
        where T : IWireMessage<T>
    {
        var reader = new WireReader(bytes);
        T.Read(ref reader);
    }

    private static bool IsOneValue(byte[] input)
    {
        try
        {
            return new FrameScanner(FuzzLoop.MostInputBytes, MaxDepth).Consume(input, out var consumed) && consumed == input.Length;
        }
        catch (EdgeHostException)
        {
            return false;
        }
    }
}
