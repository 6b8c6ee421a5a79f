using EdgeHost.Serialization;

namespace EdgeHost.PluginSdk.Testing;

/// <summary>What a call gave. Immutable.</summary>
/// <param name="Response">The response body (MessagePack).</param>
/// <param name="Items">The items of a stream in order (MessagePack); empty for a unary call.</param>
public sealed record PluginTestAnswer(ReadOnlyMemory<byte> Response, IReadOnlyList<ReadOnlyMemory<byte>> Items)
{
    /// <summary>The response as a message.</summary>
    /// <typeparam name="T">The message.</typeparam>
    /// <exception cref="EdgeHostException">The body is not such a message.</exception>
    public T Read<T>()
        where T : IWireMessage<T>
        => WireMessageSerializer.Deserialize<T>(Response);

    /// <summary>The items as messages.</summary>
    /// <typeparam name="T">The message.</typeparam>
    /// <exception cref="EdgeHostException">An item is not such a message.</exception>
    public IReadOnlyList<T> ReadItems<T>()
        where T : IWireMessage<T>
        => [.. Items.Select(static item => WireMessageSerializer.Deserialize<T>(item))];
}
