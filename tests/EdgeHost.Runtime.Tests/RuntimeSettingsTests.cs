using EdgeHost.Runtime.Decisions;
using EdgeHost.Runtime.Devices;
using EdgeHost.Runtime.Tests.Devices;
using EdgeHost.Runtime.Tests.Models;
using EdgeHost.TestKit;

namespace EdgeHost.Runtime.Tests;

/// <summary>Limits and policies that change while the runtime works.</summary>
public sealed class RuntimeSettingsTests
{
    private const long Mebibyte = PoolFixture.Mebibyte;

    [Fact]
    public async Task Apply_ASmallerBudget_IdleModelsLeaveAndLeasedOnesStay()
    {
        await using var pool = new PoolFixture();
        pool.Add("idle", 30 * Mebibyte);
        pool.Add("leased", 40 * Mebibyte);
        await pool.TouchAsync("idle");
        using (await pool.LeaseAsync("leased"))
        {
            Apply(pool, options => options.Pool.BudgetBytes = 20 * Mebibyte);
            await pool.Pool.WhenQuietAsync();

            Assert.Equal(["leased@1 cpu"], pool.Resident);
            Assert.Equal((20 * Mebibyte, 40 * Mebibyte), (pool.Pool.Snapshot().BudgetBytes, pool.Used));
            Assert.Contains(pool.Decisions.Find("pool", DecisionKind.Budget, 10), decision => decision.Text.Contains("from 100.0 MiB to 20.0 MiB", StringComparison.Ordinal));
            Assert.Equal(ErrorCode.ResourceExhausted, (await Assert.ThrowsAsync<EdgeHostException>(() => pool.LeaseAsync("idle"))).Code);
        }

        Apply(pool, options => options.Pool.BudgetBytes = 80 * Mebibyte);
        await pool.TouchAsync("idle");
        await pool.AssertNothingStaysAsync();
    }

    [Fact]
    public async Task Apply_AShorterIdleTime_HoldsForModelsThatAreIdleAlready()
    {
        await using var pool = new PoolFixture(options => options.Pool.IdleTimeout = TimeSpan.FromHours(5));
        pool.Add("m", 30 * Mebibyte);
        await pool.TouchAsync("m");

        Apply(pool, options =>
        {
            options.Pool.BudgetBytes = 100 * Mebibyte;
            options.Pool.IdleTimeout = TimeSpan.FromMinutes(1);
        });
        pool.Runtime.Time.Advance(TimeSpan.FromMinutes(2));
        await pool.Pool.WhenQuietAsync();

        Assert.Empty(pool.Resident);
    }

    [Fact]
    public async Task Apply_ALargeValueBytes_IsLeftAlone_SinceValuesInUseWereCountedByIt()
    {
        await using var pool = new PoolFixture(options => options.Pool.LargeValueBytes = 2 * Mebibyte);
        pool.Add("m", Mebibyte);
        using var lease = await pool.LeaseAsync("m");
        var value = lease.CreateValue(ElementType.UInt8, new TensorShape(3 * Mebibyte));
        Assert.Equal(4 * Mebibyte, pool.Used);

        Apply(pool, options =>
        {
            options.Pool.BudgetBytes = 50 * Mebibyte;
            options.Pool.LargeValueBytes = 5 * Mebibyte;
        });
        value.Dispose();

        Assert.Equal(Mebibyte, pool.Used);
    }

    [Fact]
    public async Task Apply_AnotherPolicyOfDevices_HoldsForTheNextChoice()
    {
        await using var devices = new DeviceHarness();
        var request = new PlacementRequest
        {
            Artifact = await new SimulatedModelSource().Add("m", preferredDevices: [DeviceKind.Npu, DeviceKind.Cpu]).ResolveAsync("m", CancellationToken.None),
            App = new AppIdentity("app", -1, -1),
            Cost = static _ => default,
        };
        Assert.Equal("npu0", devices.Placement.Choose(request).Device.Id);

        var options = new DeviceOptions();
        options.Models["m"] = new DevicePolicy { Require = { DeviceKind.Gpu } };
        devices.Placement.Apply(options);
        Assert.Equal("gpu0: the policy of model 'm' requires GPU", devices.Placement.Choose(request).Why);

        devices.Placement.Apply(new DeviceOptions());
        Assert.Equal("npu0", devices.Placement.Choose(request).Device.Id);
    }

    [Fact]
    public async Task Apply_WhileCallersChooseAndLease_NothingFails()
    {
        await using var pool = new PoolFixture();
        for (var i = 0; i < 4; i++) pool.Add($"m{i}", 10 * Mebibyte);
        var callers = Enumerable.Range(0, 4).Select(i => Task.Run(async () =>
        {
            for (var n = 0; n < 200; n++)
            {
                using var lease = await pool.LeaseAsync($"m{(i + n) % 4}");
                await PoolFixture.RunAsync(lease);
            }
        })).ToList();

        var changes = 0;
        while (!callers.TrueForAll(caller => caller.IsCompleted))
        {
            Apply(pool, options =>
            {
                options.Pool.BudgetBytes = (changes % 2 == 0 ? 60 : 100) * Mebibyte;
                options.Scheduling.QueueLimit = 100 + changes;
            });
            changes++;
            await Task.Yield();
        }

        await Task.WhenAll(callers);
        await pool.AssertNothingStaysAsync();
    }

    private static void Apply(PoolFixture pool, Action<EdgeHostRuntimeOptions> configure) => pool.Runtime.Get<IRuntimeSettings>().Apply(OptionsOf(configure));

    private static EdgeHostRuntimeOptions OptionsOf(Action<EdgeHostRuntimeOptions> configure)
    {
        var options = new EdgeHostRuntimeOptions();
        configure(options);
        return options;
    }
}
