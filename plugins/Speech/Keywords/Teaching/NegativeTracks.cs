using System.Buffers.Binary;
using EdgeHost.Plugins.Speech.Keywords.Hearing;

namespace EdgeHost.Plugins.Speech.Keywords.Teaching;

/// <summary>
/// Sound without any keyword, as vectors of 8-bit numbers: what a keyword is learnt against, and measured on. The file: <c>EHN1</c>; int32, the number of tracks; float32 for each
/// of the 96 numbers, its lowest value, then as many for its step; then for each track int32, its vectors, int32, who speaks, and the vectors. All little-endian. Immutable.
/// </summary>
internal sealed class NegativeTracks
{
    private const int HeaderBytes = 8 + (2 * KeywordFeatures.Width * sizeof(float));
    private const int TrackHeaderBytes = 8;
    private readonly ReadOnlyMemory<byte> _file;
    private readonly float[] _lowest;
    private readonly float[] _step;
    private readonly (int Start, int Count, int Voice)[] _tracks;

    private NegativeTracks(ReadOnlyMemory<byte> file, float[] lowest, float[] step, (int Start, int Count, int Voice)[] tracks)
        => (_file, _lowest, _step, _tracks) = (file, lowest, step, tracks);

    /// <summary>Tracks: sounds of one voice each, at most a few minutes long.</summary>
    public int Count => _tracks.Length;

    /// <summary>Vectors of all tracks.</summary>
    public int Vectors => _tracks.Sum(static track => track.Count);

    /// <summary>Reads a file.</summary>
    /// <param name="file">Its bytes; kept.</param>
    /// <exception cref="EdgeHostException"><see cref="ErrorCode.DataLoss"/>: it is damaged.</exception>
    public static NegativeTracks Read(ReadOnlyMemory<byte> file)
    {
        var bytes = file.Span;
        if (bytes.Length < HeaderBytes || !bytes.StartsWith("EHN1"u8)) throw Damaged();
        var tracks = new (int Start, int Count, int Voice)[BinaryPrimitives.ReadInt32LittleEndian(bytes[4..]) is >= 0 and <= 100_000 and var count ? count : throw Damaged()];
        var (lowest, step) = (Floats(bytes[8..]), Floats(bytes[(8 + (KeywordFeatures.Width * sizeof(float)))..]));
        var at = HeaderBytes;
        for (var i = 0; i < tracks.Length; i++)
        {
            if (bytes.Length - at < TrackHeaderBytes) throw Damaged();
            var vectors = BinaryPrimitives.ReadInt32LittleEndian(bytes[at..]);
            tracks[i] = (at + TrackHeaderBytes, vectors, BinaryPrimitives.ReadInt32LittleEndian(bytes[(at + 4)..]));
            if (vectors < 0 || (bytes.Length - at - TrackHeaderBytes) / KeywordFeatures.Width < vectors) throw Damaged();
            at += TrackHeaderBytes + (vectors * KeywordFeatures.Width);
        }

        return at == bytes.Length ? new NegativeTracks(file, lowest, step, tracks) : throw Damaged();
    }

    /// <summary>Writes a file.</summary>
    /// <param name="tracks">Who speaks, and the vectors, 96 numbers each.</param>
    public static byte[] Write(IReadOnlyList<(int Voice, float[] Vectors)> tracks)
    {
        var (lowest, step) = (new float[KeywordFeatures.Width], new float[KeywordFeatures.Width]);
        for (var place = 0; place < KeywordFeatures.Width; place++)
        {
            var (least, most) = (float.PositiveInfinity, float.NegativeInfinity);
            foreach (var (_, vectors) in tracks)
            {
                for (var i = place; i < vectors.Length; i += KeywordFeatures.Width) (least, most) = (Math.Min(least, vectors[i]), Math.Max(most, vectors[i]));
            }

            (lowest[place], step[place]) = (least, (most - least) / byte.MaxValue);
        }

        using var file = new MemoryStream();
        using var writer = new BinaryWriter(file);
        writer.Write("EHN1"u8);
        writer.Write(tracks.Count);
        foreach (var value in lowest) writer.Write(value);
        foreach (var value in step) writer.Write(value);
        foreach (var (voice, vectors) in tracks)
        {
            writer.Write(vectors.Length / KeywordFeatures.Width);
            writer.Write(voice);
            for (var i = 0; i < vectors.Length; i++)
            {
                var place = i % KeywordFeatures.Width;
                writer.Write(step[place] > 0 ? (byte)Math.Clamp(MathF.Round((vectors[i] - lowest[place]) / step[place]), 0, byte.MaxValue) : (byte)0);
            }
        }

        writer.Flush();
        return file.ToArray();
    }

    /// <summary>The vectors of a track.</summary>
    /// <param name="track">0 to <see cref="Count"/> - 1.</param>
    /// <returns>96 numbers each, the caller's own.</returns>
    public float[] VectorsOf(int track)
    {
        var (start, count, _) = _tracks[track];
        var vectors = new float[count * KeywordFeatures.Width];
        var bytes = _file.Span.Slice(start, vectors.Length);
        for (var i = 0; i < vectors.Length; i++) vectors[i] = _lowest[i % KeywordFeatures.Width] + (bytes[i] * _step[i % KeywordFeatures.Width]);
        return vectors;
    }

    /// <summary>Who speaks in a track: tracks of one voice have one number.</summary>
    /// <param name="track">0 to <see cref="Count"/> - 1.</param>
    public int VoiceOf(int track) => _tracks[track].Voice;

    private static float[] Floats(ReadOnlySpan<byte> bytes)
    {
        var values = new float[KeywordFeatures.Width];
        for (var i = 0; i < values.Length; i++) values[i] = BinaryPrimitives.ReadSingleLittleEndian(bytes[(i * sizeof(float))..]);
        return values;
    }

    private static EdgeHostException Damaged() => new(ErrorCode.DataLoss, "The plugin's file of speech without keywords is damaged; install the plugin again.");
}
