using CsCheck;
using EdgeHost.Protocol.Frames;
using MessagePack;

namespace EdgeHost.Protocol.Tests;

public class FrameReaderTests
{
    [Fact]
    public void TryNext_FramesOfAllSizesInAnyPieces_ComeOutUnchanged()
        => Gen.OneOf(Gen.Int[0, 200], Gen.Int[30_000, 36_000], Gen.Int[60_000, 300_000]).Array[1, 12].Select(Gen.Int[0, 1000]).Sample((sizes, seed) =>
        {
            var random = new Random(seed);
            var frames = sizes.Select(size => Frame(random, size)).ToArray();
            var source = new PiecewiseSource([.. frames.SelectMany(frame => frame)], random, pauses: seed % 2 == 0);
            var reader = new FrameReader(WireProtocol.DefaultMaxFrameBytes, 64, new LargeBufferPool(1024 * 1024));

            foreach (var frame in frames)
            {
                Assert.True(ReadNext(reader, source));
                Assert.True(reader.Frame.Span.SequenceEqual(frame));
            }

            Assert.False(ReadNext(reader, source));
            Assert.False(reader.IsMidFrame);
            reader.Release();
        }, iter: 300, threads: 1);

    [Fact]
    public void Receive_LargeBinary_AsksForExactlyTheRest()
    {
        byte[] frame = [0xc6, 0x00, 0x0f, 0x42, 0x40, .. new byte[1_000_000]];
        var source = new PiecewiseSource(frame, new Random(1), largest: int.MaxValue);
        var reader = new FrameReader(WireProtocol.DefaultMaxFrameBytes, 64, new LargeBufferPool(1024 * 1024));

        Assert.True(ReadNext(reader, source));

        Assert.Equal(2, source.Requests.Count);
        Assert.Equal(frame.Length - FrameReader.FirstBufferBytes, source.Requests[1]);
    }

    [Fact]
    public void Detach_LargeFrame_KeepsItsBufferBeyondTheNextFrame()
    {
        var random = new Random(2);
        var large = Frame(random, 100_000);
        var other = Frame(random, 100_000);
        var source = new PiecewiseSource([.. large, .. other], random);
        var reader = new FrameReader(WireProtocol.DefaultMaxFrameBytes, 64, new LargeBufferPool(1024 * 1024));

        Assert.True(ReadNext(reader, source));
        var kept = reader.Detach(1, large.Length - 1);
        Assert.True(ReadNext(reader, source));

        Assert.True(kept.Memory.Span.SequenceEqual(large.AsSpan(1)));
        Assert.True(reader.Frame.Span.SequenceEqual(other));
        kept.Release();
        kept.Release();
        Assert.True(kept.Memory.IsEmpty);
    }

    [Fact]
    public void Receive_EndInMidFrame_IsKnown()
    {
        var source = new PiecewiseSource(Frame(new Random(3), 100_000)[..70_000], new Random(3));
        var reader = new FrameReader(WireProtocol.DefaultMaxFrameBytes, 64, new LargeBufferPool(1024 * 1024));

        Assert.False(ReadNext(reader, source));

        Assert.True(reader.IsMidFrame);
        reader.Release();
    }

    [Fact]
    public void TryNext_FrameBeyondTheLimit_KeepsItsBeginning()
    {
        var source = new PiecewiseSource(Convert.FromHexString("94002aa16191c6" + "7fffffff"), new Random(4));
        var reader = new FrameReader(1024, 64, new LargeBufferPool(1024 * 1024));

        Assert.Throws<EdgeHostException>(() => ReadNext(reader, source));

        Assert.True(RpcMessage.TryReadRequestId(reader.Beginning, out var id));
        Assert.Equal(42u, id);
    }

    private static bool ReadNext(FrameReader reader, PiecewiseSource source)
    {
        while (!reader.TryNext())
        {
            var received = reader.Receive(source);
            if (received == 0) return false;
            if (received == IByteSource.Nothing) reader.Rest();
        }

        return true;
    }

    private static byte[] Frame(Random random, int size)
    {
        var payload = new byte[size];
        random.NextBytes(payload);
        var buffer = new System.Buffers.ArrayBufferWriter<byte>();
        var writer = new MessagePackWriter(buffer);
        writer.WriteArrayHeader(1 + random.Next(2));
        writer.Write(payload);
        writer.Flush();
        var bytes = buffer.WrittenSpan.ToArray();
        if (bytes[0] == 0x91) return bytes;
        return [.. bytes, 0x93, 1, 0xa2, (byte)'x', (byte)'y', 0xc0];
    }

    private sealed class PiecewiseSource(byte[] bytes, Random random, int largest = 20_000, bool pauses = false) : IByteSource
    {
        private int _position;

        public List<int> Requests { get; } = [];

        public int Receive(Span<byte> buffer)
        {
            Assert.False(buffer.IsEmpty);
            if (pauses && random.Next(3) == 0) return IByteSource.Nothing;
            Requests.Add(buffer.Length);
            var count = Math.Min(Math.Min(buffer.Length, bytes.Length - _position), largest == int.MaxValue ? int.MaxValue : random.Next(1, largest));
            bytes.AsSpan(_position, count).CopyTo(buffer);
            _position += count;
            return count;
        }
    }
}
