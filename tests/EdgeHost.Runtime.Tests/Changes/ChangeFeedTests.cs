using EdgeHost.Runtime.Changes;
using EdgeHost.TestKit;

namespace EdgeHost.Runtime.Tests.Changes;

public sealed class ChangeFeedTests
{
    private readonly RecordingLoggerFactory _log = new();

    [Fact]
    public void Tell_Subscribers_HearInOrderUntilTheyLeave()
    {
        var feed = new ChangeFeed<int>(_log);
        var first = new List<int>();
        var second = new List<int>();
        using var stays = feed.Subscribe(first.Add);
        var leaves = feed.Subscribe(second.Add);

        Say(feed, 1);
        leaves.Dispose();
        leaves.Dispose();
        Say(feed, 2);

        Assert.Equal([1, 2], first);
        Assert.Equal([1], second);
    }

    [Fact]
    public void Tell_SubscriberPublishes_IsToldAfterwards()
    {
        var feed = new ChangeFeed<int>(_log);
        var heard = new List<int>();
        using var publishes = feed.Subscribe(change =>
        {
            if (change == 1) Say(feed, 2);
        });
        using var hears = feed.Subscribe(heard.Add);

        Say(feed, 1);

        Assert.Equal([1, 2], heard);
    }

    [Fact]
    public void Tell_SubscriberThrows_TheOthersStillHearAndTheLogHasIt()
    {
        var feed = new ChangeFeed<int>(_log);
        var heard = new List<int>();
        using var throws = feed.Subscribe(static _ => throw new InvalidOperationException("bug"));
        using var hears = feed.Subscribe(heard.Add);

        Say(feed, 1);

        Assert.Equal([1], heard);
        Assert.Equal("bug", Assert.Single(_log.Lines).Exception?.Message);
    }

    [Fact]
    public void Publish_WithoutTelling_KeepsTheNewest()
    {
        var feed = new ChangeFeed<int>(_log);
        var heard = new List<int>();
        using var hears = feed.Subscribe(heard.Add);
        for (var i = 0; i < 1_000; i++)
        {
            feed.Publish(i);
        }

        feed.Tell();

        Assert.Equal(Enumerable.Range(936, 64), heard);
    }

    [Fact]
    public async Task Tell_FromManyThreads_TellsOneAfterTheOtherInTheOrderOfPublishing()
    {
        var feed = new ChangeFeed<int>(_log);
        var gate = new Lock();
        var published = new List<int>();
        var heard = new List<int>();
        var inside = 0;
        var overlaps = 0;
        using var hears = feed.Subscribe(change =>
        {
            if (Interlocked.Increment(ref inside) != 1) Interlocked.Increment(ref overlaps);
            heard.Add(change);
            Interlocked.Decrement(ref inside);
        });

        await Task.WhenAll(Enumerable.Range(0, 6).Select(thread => Task.Run(() =>
        {
            for (var i = 0; i < 5_000; i++)
            {
                lock (gate)
                {
                    published.Add((thread * 10_000) + i);
                    feed.Publish((thread * 10_000) + i);
                }

                feed.Tell();
            }
        })));
        feed.Tell();

        Assert.Equal(0, overlaps);

        // Some may have been dropped while the telling thread rested; never the last, and never out of order.
        Assert.Equal(published[^1], heard[^1]);
        var next = 0;
        Assert.All(heard, change => next = published.IndexOf(change, next) + 1);
        Assert.Equal(published.Count, next);
    }

    private static void Say(ChangeFeed<int> feed, int change)
    {
        feed.Publish(change);
        feed.Tell();
    }
}
