using EdgeHost.Capabilities.Vision;
using MessagePack;

namespace EdgeHost.Serialization.Tests;

public class AllocationTests
{
    private const int Rounds = 100;
    private const int Batches = 10;

    [Fact]
    public void Deserialize_Request_AllocatesTheMessageOnly()
    {
        var bytes = WireMessageSerializer.ToArray(new DetectFacesRequest
        {
            Image = new byte[100_000],
            Range = FaceRange.Near,
            MinConfidence = 0.5,
            MaxResults = 3,
        });

        Assert.InRange(AllocatedPerRound(() => WireMessageSerializer.Deserialize<DetectFacesRequest>(bytes)), 1, 128);
    }

    [Fact]
    public void Deserialize_UnknownKeys_AllocateNothingMore()
    {
        var bytes = Pack.Bytes((ref MessagePackWriter writer) =>
        {
            writer.WriteMapHeader(100);
            for (var i = 0; i < 100; i++)
            {
                writer.Write($"unknown_{i}");
                writer.WriteArrayHeader(2);
                writer.Write("some text");
                writer.WriteMapHeader(0);
            }
        });

        Assert.InRange(AllocatedPerRound(() => WireMessageSerializer.Deserialize<Empty>(bytes)), 1, 32);
    }

    // The least of several batches: the runtime compiles the reader anew while it gets warm, and what that takes on this thread is not the reader's.
    private static long AllocatedPerRound<T>(Func<T> read)
    {
        var least = long.MaxValue;
        for (var batch = 0; batch < Batches; batch++)
        {
            var before = GC.GetAllocatedBytesForCurrentThread();
            for (var i = 0; i < Rounds; i++) read();
            least = Math.Min(least, (GC.GetAllocatedBytesForCurrentThread() - before) / Rounds);
        }

        return least;
    }
}
