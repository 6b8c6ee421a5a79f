using EdgeHost.Plugins.Vision.Imaging;

namespace EdgeHost.Plugins.Vision.Tests.Imaging;

public class PixelMemoryPoolTests
{
    [Fact]
    public void Rent_AfterAReturn_TakesTheSameMemoryAgain()
    {
        using var pool = new PixelMemoryPool(1 << 20);
        var first = pool.Rent(1_000);
        var address = first.Address;
        first.Dispose();

        using var second = pool.Rent(500);

        Assert.Equal(address, second.Address);
        Assert.Equal(500, second.Span.Length);
        Assert.Equal(1, pool.Outstanding);
        Assert.Equal(0, pool.RetainedBytes);
    }

    [Fact]
    public void Dispose_BeyondTheLimit_FreesInsteadOfKeeping()
    {
        using var pool = new PixelMemoryPool(100_000);
        var small = pool.Rent(60_000);
        var large = pool.Rent(200_000);
        small.Dispose();
        large.Dispose();

        Assert.Equal(65_536, pool.RetainedBytes);
        Assert.Equal((0, 0L), (pool.Outstanding, pool.OutstandingBytes));
    }

    [Fact]
    public void Dispose_Twice_CountsOnce()
    {
        using var pool = new PixelMemoryPool(1 << 20);
        var memory = pool.Rent(10);
        memory.Dispose();
        memory.Dispose();

        Assert.Equal(0, pool.Outstanding);
        Assert.Throws<ObjectDisposedException>(() => memory.Address);
    }

    [Fact]
    public void Return_AfterThePoolWasDisposed_KeepsNothing()
    {
        var pool = new PixelMemoryPool(1 << 20);
        var memory = pool.Rent(10);
        pool.Dispose();
        memory.Dispose();

        Assert.Equal(0, pool.RetainedBytes);
    }

    [Fact]
    public async Task Rent_FromManyThreads_NeverSharesMemory()
    {
        using var pool = new PixelMemoryPool(1 << 20);
        var workers = Enumerable.Range(1, 4).Select(worker => Task.Run(() =>
        {
            for (var i = 0; i < 500; i++)
            {
                using var memory = pool.Rent(64 + (i % 5 * 70_000));
                memory.Span[..64].Fill((byte)worker);
                Thread.Yield();
                Assert.Equal(-1, memory.Span[..64].IndexOfAnyExcept((byte)worker));
            }
        }));

        await Task.WhenAll(workers);

        Assert.Equal((0, 0L), (pool.Outstanding, pool.OutstandingBytes));
        Assert.InRange(pool.RetainedBytes, 0, 1 << 20);
    }
}
