using EdgeHost.Protocol.Frames;

namespace EdgeHost.Fuzz.Targets;

/// <summary>
/// The reader of frames: the input in pieces must give the same frames, or the same error, as the input at once; no receive may ask for nothing, and what
/// is allocated is bounded by the limit of a frame, whatever a header claims.
/// </summary>
internal sealed class FrameTarget : IFuzzTarget
{
    public const string TargetName = "frames";

    private const int MaxFrameBytes = 128 * 1024;
    private const int MaxDepth = 16;

    // One large frame may be under way at a time and grow once; the rest is the reader itself.
    private const long MostAllocatedBytes = (4L * MaxFrameBytes) + (256 * 1024);

    public string Name => TargetName;

    public IReadOnlyList<byte[]> Tokens { get; } = [.. WireTokens.Frames, .. WireTokens.Parts];

    public ValueTask<IReadOnlyCollection<string>> RunAsync(byte[] input)
    {
        var whole = Read(input, new PiecewiseSource(input, int.MaxValue));
        foreach (var most in (int[])[1, 7])
        {
            var inPieces = Read(input, new PiecewiseSource(input, most));
            if (inPieces != whole) throw new FuzzException($"In pieces of up to {most} bytes: {inPieces}; at once: {whole}.");
        }

        return ValueTask.FromResult<IReadOnlyCollection<string>>([whole]);
    }

    public ValueTask DisposeAsync() => ValueTask.CompletedTask;

    private static string Read(byte[] input, PiecewiseSource source)
    {
        var before = GC.GetAllocatedBytesForCurrentThread();
        var pool = new LargeBufferPool(MaxFrameBytes);
        var reader = new FrameReader(MaxFrameBytes, MaxDepth, pool);
        var (frames, bytes) = (0, 0);
        var end = "end";
        try
        {
            do
            {
                while (reader.TryNext())
                {
                    if (!reader.Frame.Span.SequenceEqual(input.AsSpan(bytes, reader.Frame.Length))) throw new FuzzException("A frame is not what came.");
                    bytes += reader.Frame.Length;
                    frames++;
                }
            }
            while (reader.Receive(source) > 0);
            if (reader.IsMidFrame) end = "mid-frame";
            else if (bytes != input.Length) throw new FuzzException($"{input.Length - bytes} bytes belong to no frame.");
        }
        catch (EdgeHostException e)
        {
            end = Behaviour.Of(e);
        }
        finally
        {
            reader.Release();
        }

        if (pool.Outstanding != 0) throw new FuzzException($"{pool.Outstanding} bytes were not given back.");
        var allocated = GC.GetAllocatedBytesForCurrentThread() - before;
        if (allocated > MostAllocatedBytes) throw new FuzzException($"{allocated} bytes were allocated for {input.Length}.");
        return $"{Behaviour.Of(frames)} frames, {end}";
    }

    private sealed class PiecewiseSource(byte[] bytes, int most) : IByteSource
    {
        private int _position;

        public int Receive(Span<byte> buffer)
        {
            if (buffer.IsEmpty) throw new FuzzException("Nothing was asked for.");
            var count = Math.Min(Math.Min(buffer.Length, most), bytes.Length - _position);
            bytes.AsSpan(_position, count).CopyTo(buffer);
            _position += count;
            return count;
        }
    }
}
