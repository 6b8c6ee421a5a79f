using EdgeHost.Benchmarks.Transport.Cases;
using StreamJsonRpc;

namespace EdgeHost.Benchmarks.Transport.Peers;

/// <summary>What StreamJsonRpc calls.</summary>
public sealed class JsonRpcTarget
{
    private readonly byte[] _small = new byte[Exchange.SmallAnswerBytes];
    private byte[] _large = [];

    /// <summary>Takes a payload and answers with a few bytes.</summary>
    [JsonRpcMethod("take")]
    public byte[] Take(byte[] payload) => payload.Length >= 0 ? _small : throw new ArgumentNullException(nameof(payload));

    /// <summary>Gives bytes that exist already.</summary>
    [JsonRpcMethod("give")]
    public byte[] Give(int bytes)
    {
        if (_large.Length != bytes) _large = new byte[bytes];
        return _large;
    }
}
