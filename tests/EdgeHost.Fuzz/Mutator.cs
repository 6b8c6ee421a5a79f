namespace EdgeHost.Fuzz;

/// <summary>Makes new inputs of known ones. The same seed gives the same inputs. Not thread-safe.</summary>
/// <param name="random">Its chance.</param>
/// <param name="tokens">Pieces that may be put in.</param>
/// <param name="mostBytes">Longest input.</param>
internal sealed class Mutator(Random random, IReadOnlyList<byte[]> tokens, int mostBytes)
{
    private const int MostSteps = 6;
    private const int MostCopies = 8;

    // Where headers, lengths and signs change.
    private static readonly byte[] Edges =
        [0x00, 0x01, 0x7f, 0x80, 0x8f, 0x90, 0x93, 0x94, 0x9f, 0xa0, 0xbf, 0xc0, 0xc1, 0xc4, 0xc6, 0xc7, 0xc9, 0xca, 0xcb, 0xcc, 0xcf, 0xd0, 0xd3, 0xd8, 0xd9, 0xdb, 0xdc, 0xdd, 0xde, 0xdf, 0xe0, 0xff];

    /// <summary>Changes an input a few times.</summary>
    /// <param name="input">Stays as it is.</param>
    /// <param name="other">Another one, to take parts of.</param>
    public byte[] Mutate(byte[] input, byte[] other)
    {
        var bytes = new List<byte>(input);
        for (var steps = random.Next(1, MostSteps + 1); steps > 0; steps--) Step(bytes, other);
        if (bytes.Count > mostBytes) bytes.RemoveRange(mostBytes, bytes.Count - mostBytes);
        return [.. bytes];
    }

    private void Step(List<byte> bytes, byte[] other)
    {
        var at = random.Next(bytes.Count + 1);
        switch (random.Next(9))
        {
            case 0 when at < bytes.Count:
                bytes[at] ^= (byte)(1 << random.Next(8));
                break;
            case 1 when at < bytes.Count:
                bytes[at] = Edges[random.Next(Edges.Length)];
                break;
            case 2 when at < bytes.Count:
                bytes[at] = (byte)random.Next(256);
                break;
            case 3 when at < bytes.Count:
                bytes.RemoveRange(at, Math.Min(bytes.Count - at, random.Next(1, 17)));
                break;
            case 4:
                bytes.Insert(at, Edges[random.Next(Edges.Length)]);
                break;
            case 5 when at < bytes.Count:
                var part = bytes.GetRange(at, Math.Min(bytes.Count - at, random.Next(1, 65)));
                for (var copies = random.Next(1, MostCopies); copies > 0; copies--) bytes.InsertRange(at, part);
                break;
            case 6 when other.Length > 0:
                var from = random.Next(other.Length);
                bytes.InsertRange(at, other[from..(from + random.Next(1, other.Length - from + 1))]);
                break;
            default:
                // At the end as often as anywhere else: what follows a sequence is what finds its next state.
                if (tokens.Count > 0) bytes.InsertRange(random.Next(2) == 0 ? bytes.Count : at, tokens[random.Next(tokens.Count)]);
                break;
        }
    }
}
