using System.Runtime.InteropServices;
using EdgeHost.Plugins.Language.Generation.Models;
using EdgeHost.PluginSdk;

namespace EdgeHost.Plugins.Language.Generation.Caching;

/// <summary>Makes the tensors of caches and copies between them. Thread-safe.</summary>
internal static class CacheTensors
{
    /// <summary>A group of rows, joined from what they have; rows of unlike lengths are filled up with zeros.</summary>
    /// <param name="graph">The model.</param>
    /// <param name="lease">Gives the memory.</param>
    /// <param name="rows">The rows; null for one that has read nothing.</param>
    /// <param name="padsRight">Whether rows are filled up behind.</param>
    /// <exception cref="EdgeHostException"><see cref="ErrorCode.ResourceExhausted"/>: the host's memory does not allow it.</exception>
    public static CacheGroup Join(DecoderGraph graph, IModelLease lease, IReadOnlyList<CacheRow?> rows, bool padsRight)
    {
        if (rows[0] is { } only && IsAll(rows, only.Group)) return only.Group;
        var total = rows.Max(static row => row?.Length ?? 0);
        var group = Create(graph, lease, rows.Count, total);
        for (var row = 0; row < rows.Count; row++)
        {
            if (rows[row] is { } source) Copy(graph, source, 0, source.Length, group, row, padsRight ? 0 : total - source.Length);
        }

        return group;
    }

    /// <summary>Whether rows are a whole group in its order, so that nothing needs to be copied.</summary>
    private static bool IsAll(IReadOnlyList<CacheRow?> rows, CacheGroup group)
    {
        if (group.Rows != rows.Count) return false;
        for (var i = 0; i < rows.Count; i++)
        {
            if (rows[i] is not { } row || row.Group != group || row.Row != i) return false;
        }

        // One text must not carry what filled it up among others.
        return rows.Count > 1 || (rows[0]!.Start == 0 && rows[0]!.Length == group.Total);
    }

    /// <summary>A group of zeros.</summary>
    /// <exception cref="EdgeHostException"><see cref="ErrorCode.ResourceExhausted"/>: the host's memory does not allow it.</exception>
    public static CacheGroup Create(DecoderGraph graph, IModelLease lease, int rows, int total)
    {
        var values = new ModelValue[graph.Pasts.Count];
        try
        {
            for (var i = 0; i < values.Length; i++)
            {
                values[i] = lease.CreateValue(graph.CacheType, new TensorShape(rows, graph.Heads, total, graph.Width));
                if (total == 0) continue;
                if (graph.CacheType == ElementType.Float32) values[i].AsSpan<float>().Clear();
                else values[i].AsSpan<Half>().Clear();
            }

            return new CacheGroup(values, rows, total);
        }
        catch
        {
            foreach (var value in values) value?.Dispose();
            throw;
        }
    }

    /// <summary>Copies tokens of a row into a row of another group.</summary>
    /// <param name="graph">The model.</param>
    /// <param name="source">From where.</param>
    /// <param name="first">The first token of the source.</param>
    /// <param name="count">How many.</param>
    /// <param name="target">The group.</param>
    /// <param name="row">Its row.</param>
    /// <param name="at">Where in that row.</param>
    public static void Copy(DecoderGraph graph, CacheRow source, int first, int count, CacheGroup target, int row, int at)
    {
        for (var i = 0; i < graph.Pasts.Count; i++)
        {
            var (from, to) = (source.Group.Values[i], target.Values[i]);
            if (graph.CacheType == ElementType.Float32) Copy<float>(graph, from, to, source.Group.Total, target.Total, source.Row, row, source.Start + first, at, count);
            else Copy<Half>(graph, from, to, source.Group.Total, target.Total, source.Row, row, source.Start + first, at, count);
        }
    }

    private static void Copy<T>(DecoderGraph graph, ModelValue from, ModelValue to, int fromTotal, int toTotal, int fromRow, int toRow, int fromAt, int toAt, int count)
        where T : unmanaged
    {
        var source = from.AsSpan<T>();
        var target = to.AsSpan<T>();
        for (var head = 0; head < graph.Heads; head++)
        {
            var begin = ((((fromRow * graph.Heads) + head) * fromTotal) + fromAt) * graph.Width;
            var end = ((((toRow * graph.Heads) + head) * toTotal) + toAt) * graph.Width;
            source.Slice(begin, count * graph.Width).CopyTo(target[end..]);
        }
    }

    /// <summary>Writes tokens of a row one after another: for each tensor and head the numbers of each token.</summary>
    /// <param name="graph">The model.</param>
    /// <param name="source">From where.</param>
    /// <param name="first">The first token.</param>
    /// <param name="count">How many.</param>
    /// <param name="flat">Takes as many bytes as <see cref="DecoderGraph.BytesPerToken"/> for each.</param>
    public static void Save(DecoderGraph graph, CacheRow source, int first, int count, Span<byte> flat)
    {
        var bytes = graph.Width * graph.CacheType.SizeInBytes();
        foreach (var value in source.Group.Values)
        {
            var from = Bytes(value);
            for (var head = 0; head < graph.Heads; head++)
            {
                from.Slice(((((source.Row * graph.Heads) + head) * source.Group.Total) + source.Start + first) * bytes, count * bytes).CopyTo(flat);
                flat = flat[(count * bytes)..];
            }
        }
    }

    /// <summary>Reads what <see cref="Save"/> wrote into the first row of a group.</summary>
    /// <param name="graph">The model.</param>
    /// <param name="flat">The bytes.</param>
    /// <param name="count">How many tokens they are of.</param>
    /// <param name="target">The group.</param>
    /// <param name="at">Where in its row.</param>
    public static void Load(DecoderGraph graph, ReadOnlySpan<byte> flat, int count, CacheGroup target, int at)
    {
        var bytes = graph.Width * graph.CacheType.SizeInBytes();
        foreach (var value in target.Values)
        {
            var to = Bytes(value);
            for (var head = 0; head < graph.Heads; head++)
            {
                flat[..(count * bytes)].CopyTo(to[(((head * target.Total) + at) * bytes)..]);
                flat = flat[(count * bytes)..];
            }
        }
    }

    /// <summary>The bytes of a tensor of caches.</summary>
    public static Span<byte> Bytes(ModelValue value)
        => value.ElementType == ElementType.Float32 ? MemoryMarshal.AsBytes(value.AsSpan<float>()) : MemoryMarshal.AsBytes(value.AsSpan<Half>());
}
