using EdgeHost.Client.Calls;
using EdgeHost.Ipc.Calls;
using EdgeHost.Ipc.Tests.Support;
using EdgeHost.Protocol.Frames;

namespace EdgeHost.Ipc.Tests.Pushes;

/// <summary>Random interleavings of what a client, its host and a handler do with pushes.</summary>
public class PushQueueModelTests
{
    private const int Seeds = 400;

    /// <summary>Push, end, take, cancel and credit against a model that is plain enough to be right.</summary>
    [Fact]
    public async Task Queue_AnyInterleaving_BehavesAsTheModel()
    {
        for (var seed = 0; seed < Seeds; seed++) await SeedAsync(seed, RunModelAsync);
    }

    /// <summary>A client that keeps to its window is never cut off, and never waits for ever, whatever the sizes of its items.</summary>
    [Fact]
    public async Task WindowAndQueue_AnySizes_NobodyIsCutOffOrStuck()
    {
        for (var seed = 0; seed < Seeds; seed++) await SeedAsync(seed, RunPairAsync);
    }

    private static async Task SeedAsync(int seed, Func<Random, Task> run)
    {
        try
        {
            await run(new Random(seed));
        }
        catch (Exception e)
        {
            throw new InvalidOperationException($"seed {seed}: {e.Message}", e);
        }
    }

    private static async Task RunModelAsync(Random random)
    {
        var (credit, mostBytes) = (random.Next(1, 6), random.Next(2, 200));
        var queue = new PushQueue(credit, mostBytes);
        var model = new PushQueueModel(credit, mostBytes);
        using var cancellation = new CancellationTokenSource();
        Task<FrameBuffer?>? pending = null;
        byte number = 0;
        for (var step = 0; step < 200; step++)
        {
            switch (random.Next(12))
            {
                case < 6:
                    var bytes = new byte[random.Next(1, 60)];
                    bytes[0] = number++;
                    Assert.Equal(model.Push(bytes), CodeOf(() => queue.Add(FrameBuffer.Copy(bytes))));
                    break;
                case < 10:
                    pending ??= queue.TakeAsync(cancellation.Token).AsTask();
                    break;
                case 10:
                    Assert.Equal(model.TakeCredit(), queue.TakeCredit());
                    break;
                case 11 when random.Next(20) == 0:
                    Assert.Equal(model.End(), CodeOf(queue.End));
                    break;
            }

            if (pending is null) continue;
            if (model.Waiting.Count > 0)
            {
                var item = (await pending.Soon())!.Value;
                Assert.Equal(model.Take(), item.Memory.ToArray());
                item.Release();
                pending = null;
            }
            else if (model.HasEnded)
            {
                Assert.Null(await pending.Soon());
                pending = null;
            }
            else
            {
                Assert.False(pending.IsCompleted);
            }
        }

        if (pending is not null)
        {
            await cancellation.CancelAsync();
            await Assert.ThrowsAnyAsync<OperationCanceledException>(() => pending.Soon());
        }

        // What comes late is dropped without a word: the call is over.
        queue.Close();
        Assert.Null(CodeOf(() => queue.Add(FrameBuffer.Copy([1]))));
        Assert.Null(await queue.TakeAsync(CancellationToken.None).Soon());
    }

    private static async Task RunPairAsync(Random random)
    {
        var (credit, mostBytes) = (random.Next(1, 8), random.Next(2, 500));
        var (window, queue) = (new PushWindow(credit, mostBytes), new PushQueue(credit, mostBytes));
        var underWay = new Queue<int>();
        var (left, taken) = (200, 0);
        Task? waiting = null;
        var size = 0;
        while (taken < 200)
        {
            // Nothing is in the queue and no credit is under way: whoever still waits then would wait for ever.
            if (waiting is { IsCompleted: false } && underWay.Count == 0 && left + taken == 200) await waiting.Soon();
            switch (random.Next(4))
            {
                case 0 when waiting is null && left > 0:
                    size = random.Next(1, random.Next(2) == 0 ? 20 : 2 * mostBytes);
                    waiting = window.TakeAsync(size, CancellationToken.None).AsTask();
                    break;
                case 1 when waiting is { IsCompleted: true }:
                    waiting = null;
                    if (random.Next(10) == 0)
                    {
                        window.Return();
                        break;
                    }

                    queue.Add(FrameBuffer.Copy(new byte[size]));
                    left--;
                    break;
                case 2 when left + taken < 200:
                    (await queue.TakeAsync(CancellationToken.None).Soon())!.Value.Release();
                    taken++;
                    if (queue.TakeCredit() is var given and > 0) underWay.Enqueue(given);
                    break;
                case 3 when underWay.TryDequeue(out var items):
                    window.Add(items);
                    break;
            }
        }
    }

    private static ErrorCode? CodeOf(Action action)
    {
        try
        {
            action();
            return null;
        }
        catch (EdgeHostException e)
        {
            return e.Code;
        }
    }
}
