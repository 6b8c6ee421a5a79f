using EdgeHost.PluginSdk;
using EdgeHost.Runtime.Devices;
using EdgeHost.TestKit;

namespace EdgeHost.Runtime.Tests.Models;

/// <summary>Cancels a lease, its load, its step and its move at every point where somebody else has the word.</summary>
public sealed class ModelPoolCancellationTests
{
    [Fact]
    public async Task Lease_CancelledAtAnyPoint_EndsAndLeavesNothingBehind()
    {
        var points = await RunAsync(cancelAt: -1);
        Assert.True(points > 12, $"only {points} points were seen");

        for (var point = 0; point < points; point++)
        {
            await RunAsync(point);
        }
    }

    /// <summary>A lease whose first device fails at the run, so that it moves to a device that has no copy yet; loading it evicts an idle model.</summary>
    /// <returns>How many points were passed.</returns>
    private static async Task<int> RunAsync(int cancelAt)
    {
        using var cancellation = new CancellationTokenSource();
        var points = 0;
        await using var pool = new PoolFixture(hasNpu: true);
        var model = pool.Add("m", 40 * PoolFixture.Mebibyte);
        pool.Add("idle", 70 * PoolFixture.Mebibyte);
        await pool.TouchAsync("idle");
        model.OnLoad = async token =>
        {
            Point();
            await Task.Yield();
            Point();
            token.ThrowIfCancellationRequested();
        };
        model.OnLoadOn = async (_, _) =>
        {
            Point();
            await Task.Yield();
            Point();
        };
        model.OnRunOn = (device, _, token) =>
        {
            Point();
            token.ThrowIfCancellationRequested();
            Point();
            return device.Id == "npu0" ? throw new DeviceFaultException("npu0", "driver reset") { HasStarted = true } : null;
        };
        model.Memory = () =>
        {
            Point();
            return new(40 * PoolFixture.Mebibyte, 0, 0);
        };

        var scope = RuntimeFixture.Scope(cancellationToken: cancellation.Token);
        Exception? end = null;
        try
        {
            var lease = await pool.Pool.ForCall(scope).LeaseAsync("m", CancellationToken.None);
            Point();
            using var x = SimulatedValue.Of(new TensorShape(1), 1f);
            using var result = await lease.RunAsync(new ModelStep { Inputs = [new NamedValue("x", x)] }, CancellationToken.None);
            Point();
            lease.Dispose();
            Point();
        }
        catch (OperationCanceledException e)
        {
            end = e;
        }

        scope.ReclaimLeases();
        Assert.True(cancelAt >= 0 || end is null, $"the run that nobody cancels ended with {end}");
        await pool.AssertNothingStaysAsync();
        return points;

        void Point()
        {
            if (Interlocked.Increment(ref points) - 1 == cancelAt) cancellation.Cancel();
        }
    }
}
