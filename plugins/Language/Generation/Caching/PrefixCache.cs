using System.Buffers.Binary;
using System.Security.Cryptography;
using System.Text;
using EdgeHost.Plugins.Language.Generation.Models;
using EdgeHost.PluginSdk;

namespace EdgeHost.Plugins.Language.Generation.Caching;

/// <summary>
/// Keeps what models have read of the beginnings of texts, in blocks of <see cref="BlockTokens"/> tokens, each under the hash of all tokens up to its end, the model and the app: no app learns from its times what others wrote. The
/// blocks that were used longest ago go first. Thread-safe.
/// </summary>
internal sealed class PrefixCache(GenerationOptions options) : IDisposable
{
    /// <summary>Tokens of a block.</summary>
    public const int BlockTokens = 64;

    private readonly Lock _gate = new();
    private readonly Dictionary<string, LinkedListNode<Block>> _blocks = new(StringComparer.Ordinal);

    // The one that was used last is first.
    private readonly LinkedList<Block> _order = new();
    private long _bytes;

    /// <summary>Finds how much of a text has been read.</summary>
    /// <param name="app">Whose text.</param>
    /// <param name="model">The model.</param>
    /// <param name="lease">Gives the memory.</param>
    /// <param name="prompt">The text; its last token is never among what is found.</param>
    /// <param name="least">Less is not worth it: nothing is found.</param>
    /// <returns>A row of its own, to be disposed, or null.</returns>
    public CacheRow? Find(AppIdentity app, GenerationModel model, IModelLease lease, IReadOnlyList<int> prompt, int least)
    {
        if (options.PrefixBytes == 0) return null;
        var keys = Keys(app, model, prompt, (prompt.Count - 1) / BlockTokens);
        lock (_gate)
        {
            var found = keys.TakeWhile(_blocks.ContainsKey).Select(key => _blocks[key]).ToList();
            if (found.Count == 0 || found.Count * BlockTokens <= least) return null;
            var group = TryCreate(model.Graph, lease, found.Count * BlockTokens);
            if (group is null) return null;
            for (var i = 0; i < found.Count; i++)
            {
                CacheTensors.Load(model.Graph, CacheTensors.Bytes(found[i].Value.Values), BlockTokens, group, i * BlockTokens);
                _order.Remove(found[i]);
                _order.AddFirst(found[i]);
            }

            return group.Take(0, 0, found.Count * BlockTokens);
        }
    }

    /// <summary>Keeps the whole blocks of what was read. Where memory is short, nothing more is kept.</summary>
    /// <param name="app">Whose text.</param>
    /// <param name="model">The model.</param>
    /// <param name="lease">Gives the memory.</param>
    /// <param name="tokens">The text.</param>
    /// <param name="read">What the model has read of it.</param>
    public void Keep(AppIdentity app, GenerationModel model, IModelLease lease, IReadOnlyList<int> tokens, CacheRow read)
    {
        var bytes = BlockTokens * model.Graph.BytesPerToken;
        var keys = Keys(app, model, tokens, bytes > options.PrefixBytes ? 0 : Math.Min(tokens.Count, read.Length) / BlockTokens);
        lock (_gate)
        {
            for (var i = 0; i < keys.Count; i++)
            {
                if (_blocks.ContainsKey(keys[i])) continue;
                while (_bytes + bytes > options.PrefixBytes && _order.Last is { } last) Drop(last);
                if (TryCreateBlock(model.Graph, lease) is not { } values) return;
                CacheTensors.Save(model.Graph, read, i * BlockTokens, BlockTokens, CacheTensors.Bytes(values));
                _blocks[keys[i]] = _order.AddFirst(new Block(keys[i], values, bytes));
                _bytes += bytes;
            }
        }
    }

    /// <summary>Frees all blocks.</summary>
    public void Dispose()
    {
        lock (_gate)
        {
            while (_order.Last is { } last) Drop(last);
        }
    }

    private void Drop(LinkedListNode<Block> node)
    {
        _order.Remove(node);
        _blocks.Remove(node.Value.Key);
        _bytes -= node.Value.Bytes;
        node.Value.Values.Dispose();
    }

    private static CacheGroup? TryCreate(DecoderGraph graph, IModelLease lease, int total)
    {
        try
        {
            return CacheTensors.Create(graph, lease, 1, total);
        }
        catch (EdgeHostException e) when (e.Code == ErrorCode.ResourceExhausted)
        {
            return null;
        }
    }

    // One value for all layers: so large that the host counts it in its budget.
    private static ModelValue? TryCreateBlock(DecoderGraph graph, IModelLease lease)
    {
        try
        {
            return lease.CreateValue(graph.CacheType, new TensorShape(graph.Pasts.Count, graph.Heads, BlockTokens, graph.Width));
        }
        catch (EdgeHostException e) when (e.Code == ErrorCode.ResourceExhausted)
        {
            return null;
        }
    }

    private static List<string> Keys(AppIdentity app, GenerationModel model, IReadOnlyList<int> tokens, int blocks)
    {
        var keys = new List<string>(blocks);
        if (blocks == 0) return keys;
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        hash.AppendData(Encoding.UTF8.GetBytes($"{app.UserId}\n{app.Name}\n{model.Name}\n"));
        Span<byte> bytes = stackalloc byte[BlockTokens * sizeof(int)];
        for (var block = 0; block < blocks; block++)
        {
            for (var i = 0; i < BlockTokens; i++) BinaryPrimitives.WriteInt32LittleEndian(bytes[(i * sizeof(int))..], tokens[(block * BlockTokens) + i]);
            hash.AppendData(bytes);
            keys.Add(Convert.ToHexString(hash.GetCurrentHash()));
        }

        return keys;
    }

    private sealed record Block(string Key, ModelValue Values, long Bytes);
}
