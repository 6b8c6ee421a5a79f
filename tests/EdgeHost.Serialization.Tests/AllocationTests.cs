using EdgeHost.Capabilities.Vision;
using MessagePack;

namespace EdgeHost.Serialization.Tests;

public class AllocationTests
{
    private const int Rounds = 100;

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

    private static long AllocatedPerRound<T>(Func<T> read)
    {
        read();
        var before = GC.GetAllocatedBytesForCurrentThread();
        for (var i = 0; i < Rounds; i++) read();
        return (GC.GetAllocatedBytesForCurrentThread() - before) / Rounds;
    }
}
