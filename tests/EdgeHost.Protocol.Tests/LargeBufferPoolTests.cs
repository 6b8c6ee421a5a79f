using EdgeHost.Protocol.Frames;

namespace EdgeHost.Protocol.Tests;

public class LargeBufferPoolTests
{
    [Fact]
    public void Rent_AfterReturn_GivesTheWarmestThatFits()
    {
        var pool = new LargeBufferPool(10_000_000);
        var first = pool.Rent(1_000_000);
        var second = pool.Rent(1_000_000);
        pool.Return(first);
        pool.Return(second);

        Assert.Same(second, pool.Rent(900_000));
        Assert.NotSame(first, pool.Rent(100_000)); // far too large for it
        Assert.Same(first, pool.Rent(1_000_000));
        Assert.Equal(3, pool.Outstanding);
    }

    [Fact]
    public void Return_MoreThanIsKept_DropsTheOldestAndWhatIsTooLarge()
    {
        var pool = new LargeBufferPool(1_000_000);
        var buffers = Enumerable.Range(0, 5).Select(_ => pool.Rent(400_000)).ToArray();
        foreach (var buffer in buffers)
        {
            pool.Return(buffer);
        }

        pool.Return(pool.Rent(5_000_000));

        Assert.InRange(pool.IdleBytes, 1, 1_000_000);
        Assert.Equal(0, pool.Outstanding);
        Assert.Same(buffers[4], pool.Rent(400_000));
    }
}
