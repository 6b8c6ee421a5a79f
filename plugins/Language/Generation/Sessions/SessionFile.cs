using System.Buffers.Binary;
using System.Text;
using EdgeHost.Plugins.Language.Generation.Caching;
using EdgeHost.Plugins.Language.Generation.Models;
using EdgeHost.PluginSdk;

namespace EdgeHost.Plugins.Language.Generation.Sessions;

/// <summary>
/// A session as a file, little-endian: <c>EHKV</c>, version 1, length and UTF-8 of the model's name, type, tensors, heads and width of the caches, number of tokens, the tokens, and what <see cref="CacheTensors.Save"/>
/// writes. Read on the device that wrote it.
/// </summary>
internal static class SessionFile
{
    private const int Version = 1;
    private static readonly byte[] Magic = "EHKV"u8.ToArray();

    /// <summary>The bytes of a session.</summary>
    public static byte[] Write(DecoderGraph graph, TextSession session)
    {
        var header = Header(graph, session.Model);
        var count = session.Tokens.Length;
        var file = new byte[checked(header.Length + sizeof(int) + (count * sizeof(int)) + (int)(count * graph.BytesPerToken))];
        header.CopyTo(file, 0);
        var rest = file.AsSpan(header.Length);
        BinaryPrimitives.WriteInt32LittleEndian(rest, count);
        for (var i = 0; i < count; i++) BinaryPrimitives.WriteInt32LittleEndian(rest[((i + 1) * sizeof(int))..], session.Tokens[i]);
        CacheTensors.Save(graph, session.Read, 0, count, rest[((count + 1) * sizeof(int))..]);
        return file;
    }

    /// <summary>Reads a session; null where the file is of another model or version, or damaged: it is then read anew from its text.</summary>
    /// <param name="graph">The model.</param>
    /// <param name="model">Its name.</param>
    /// <param name="lease">Gives the memory.</param>
    /// <param name="file">The bytes.</param>
    /// <exception cref="EdgeHostException"><see cref="ErrorCode.ResourceExhausted"/>: the host's memory does not allow it.</exception>
    public static TextSession? Read(DecoderGraph graph, string model, IModelLease lease, ReadOnlySpan<byte> file)
    {
        var header = Header(graph, model);
        if (!file.StartsWith(header) || file.Length < header.Length + sizeof(int)) return null;
        var rest = file[header.Length..];
        var count = BinaryPrimitives.ReadInt32LittleEndian(rest);
        if (count < 1 || rest.Length != ((count + 1L) * sizeof(int)) + (count * graph.BytesPerToken)) return null;
        var tokens = new int[count];
        for (var i = 0; i < count; i++) tokens[i] = BinaryPrimitives.ReadInt32LittleEndian(rest[((i + 1) * sizeof(int))..]);
        var group = CacheTensors.Create(graph, lease, 1, count);
        CacheTensors.Load(graph, rest[((count + 1) * sizeof(int))..], count, group, 0);
        return new TextSession(model, tokens, group.Take(0, 0, count), count * graph.BytesPerToken);
    }

    private static byte[] Header(DecoderGraph graph, string model)
    {
        var name = Encoding.UTF8.GetBytes(model);
        var header = new byte[Magic.Length + (6 * sizeof(int)) + name.Length];
        Magic.CopyTo(header, 0);
        int[] numbers = [Version, (int)graph.CacheType, graph.Pasts.Count, graph.Heads, graph.Width, name.Length];
        for (var i = 0; i < numbers.Length; i++) BinaryPrimitives.WriteInt32LittleEndian(header.AsSpan(Magic.Length + (i * sizeof(int))), numbers[i]);
        name.CopyTo(header, Magic.Length + (numbers.Length * sizeof(int)));
        return header;
    }
}
