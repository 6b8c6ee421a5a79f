using EdgeHost.ModelTools.Graphs;
using EdgeHost.Training.Networks;
using EdgeHost.Training.Operators;

namespace EdgeHost.Training.Layers;

/// <summary>Attention (Vaswani et al., 2017).</summary>
public static class AttentionLayers
{
    // Far below any score, and far from what overflows when another such number is added.
    private const float Hidden = -1e9f;

    /// <summary>
    /// Multi-head attention: each position of the query looks at the positions of the memory. softmax(q·kᵀ ÷ √d + mask)·v a head, then a
    /// linear layer over all heads.
    /// </summary>
    /// <param name="net">The network.</param>
    /// <param name="name">The layer's name. Layers inside: <c>query</c>, <c>key</c>, <c>value</c>, <c>output</c>.</param>
    /// <param name="query">[batch, positions, width].</param>
    /// <param name="memory">[batch, positions, width]; the query itself for self-attention.</param>
    /// <param name="heads">How many heads; the width is a multiple.</param>
    /// <param name="mask">[batch, memory positions], 1 for a position that counts and 0 for padding; null where all count.</param>
    /// <param name="isCausal">Whether a position sees only itself and those before it. The query and the memory then have as many positions.</param>
    /// <param name="dropout">The share of attention left out in training. Default 0.</param>
    /// <exception cref="EdgeHostException"><see cref="ErrorCode.InvalidArgument"/>: shapes do not fit, with the layer's name and both.</exception>
    public static GraphValue Attention(
        this NetworkBuilder net, string name, GraphValue query, GraphValue memory, int heads, GraphValue? mask = null, bool isCausal = false, float dropout = 0)
    {
        using var layer = net.Layer(name);
        if (query.Rank != 3 || memory.Rank != 3 || query.Shape[2] != memory.Shape[2]) throw net.Wrong($"wants [batch, positions, width] of one width, and got {query.Shape} and {memory.Shape}");
        var width = query.Shape[2];
        if (heads < 1 || width % heads != 0) throw net.Wrong($"cannot share a width of {width} among {heads} heads");
        var scaled = net.Scale(net.Linear("query", query, width), 1 / MathF.Sqrt(width / heads));
        var queries = net.Heads(scaled, heads, 0, 2, 1, 3);
        var keys = net.Heads(net.Linear("key", memory, width), heads, 0, 2, 3, 1);
        var values = net.Heads(net.Linear("value", memory, width), heads, 0, 2, 1, 3);

        var scores = net.MatMul(queries, keys);
        if (mask is not null) scores = net.Add(scores, net.Padding(mask, memory));
        if (isCausal) scores = net.Add(scores, net.Causal(query.Shape[1], memory.Shape[1]));
        var shares = net.Dropout("dropout", net.Softmax(scores), dropout);
        var seen = net.Transpose(net.MatMul(shares, values), 0, 2, 1, 3);
        return net.Linear("output", net.Reshape(seen, query.Shape), width);
    }

    private static GraphValue Heads(this NetworkBuilder net, GraphValue value, int heads, params long[] order)
        => net.Transpose(net.Reshape(value, new TensorShape(value.Shape[0], value.Shape[1], heads, value.Shape[2] / heads)), order);

    private static GraphValue Padding(this NetworkBuilder net, GraphValue mask, GraphValue memory)
    {
        var wanted = new TensorShape(memory.Shape[0], memory.Shape[1]);
        if (mask.Shape != wanted) throw net.Wrong($"has a mask of {mask.Shape} for a memory of {memory.Shape}; it must be {wanted}");
        var penalty = net.Scale(net.Subtract(net.Constant(1), mask), Hidden);
        return net.Reshape(penalty, new TensorShape(wanted[0], 1, 1, wanted[1]));
    }

    private static GraphValue Causal(this NetworkBuilder net, long positions, long memory)
    {
        if (positions != memory) throw net.Wrong($"cannot be causal between {positions} and {memory} positions");
        return net.Graph.Shared($"causal_{positions}", key =>
        {
            var penalties = new float[positions * positions];
            for (var row = 0; row < positions; row++) penalties.AsSpan((int)((row * positions) + row + 1), (int)(positions - row - 1)).Fill(Hidden);
            return net.Graph.Initializer<float>(key, new TensorShape(positions, positions), penalties);
        });
    }
}
