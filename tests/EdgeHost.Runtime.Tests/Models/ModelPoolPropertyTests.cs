using CsCheck;
using EdgeHost.PluginSdk;
using EdgeHost.Runtime.Conditions;
using EdgeHost.Runtime.Devices;
using EdgeHost.Runtime.Engines;
using EdgeHost.Runtime.Models;

namespace EdgeHost.Runtime.Tests.Models;

/// <summary>Random lives of a pool, one step after the other; what must hold holds after each.</summary>
public sealed class ModelPoolPropertyTests
{
    private const long Mebibyte = PoolFixture.Mebibyte;
    private const int Models = 5;

    [Fact]
    public async Task AnySequence_TheLedgerIsTrueAndEverythingReturnsToZero()
        => await Gen.Select(Gen.Int[0, 11], Gen.Int[0, Models - 1], Gen.Int[0, 50]).Array[1, 80].SampleAsync(
            async actions =>
            {
                await using var life = new Life();
                foreach (var (kind, model, number) in actions)
                {
                    await life.DoAsync(kind, model, number);
                    life.Check();
                }

                await life.EndAsync();
            },
            iter: 300);

    [Fact]
    public async Task AnyRoomMaking_NeitherPinnedNorLeasedModelsLeave()
        => await Gen.Select(Gen.Int[1, 60].Array[2, 8], Gen.Int[1, 90].Array[1, 12], Gen.Int[0, 30].Array[8]).SampleAsync(
            async (sizes, helpers, uses) =>
            {
                await using var pool = new PoolFixture();
                var kept = new List<string>();
                var leases = new List<IModelLease>();
                for (var i = 0; i < sizes.Length; i++)
                {
                    pool.Add($"big{i}", sizes[i] * Mebibyte);
                    try
                    {
                        if (i % 2 == 0) await pool.Pool.PinAsync($"big{i}", "owner", CancellationToken.None);
                        else leases.Add(await pool.LeaseAsync($"big{i}"));
                        kept.Add($"big{i}@1 cpu");
                    }
                    catch (EdgeHostException e) when (e.Code == ErrorCode.ResourceExhausted)
                    {
                    }
                }

                // Small helpers that are used much rank above everything.
                for (var i = 0; i < helpers.Length; i++)
                {
                    pool.Add($"helper{i}", helpers[i] * Mebibyte);
                    for (var use = 0; use <= uses[i % uses.Length]; use++)
                    {
                        try
                        {
                            await pool.TouchAsync($"helper{i}");
                        }
                        catch (EdgeHostException e) when (e.Code == ErrorCode.ResourceExhausted)
                        {
                        }
                    }

                    Assert.Subset(pool.Resident.ToHashSet(), kept.ToHashSet());
                }

                leases.ForEach(lease => lease.Dispose());
                await pool.AssertNothingStaysAsync();
            },
            iter: 100);

    private sealed class Life : IAsyncDisposable
    {
        private readonly PoolFixture _pool = new(options => options.Pool.IdleTimeout = TimeSpan.FromMinutes(1), hasNpu: true);
        private readonly List<IModelLease> _leases = [];
        private readonly List<ModelValue> _values = [];
        private readonly long[] _working = new long[Models];
        private readonly int[] _versions = [1, 1, 1, 1, 1];
        private bool _isFaulty;

        public Life()
        {
            for (var i = 0; i < Models; i++)
            {
                AddVersion(i);
            }
        }

        public async Task DoAsync(int kind, int model, int number)
        {
            try
            {
                switch (kind)
                {
                    case 0 or 1:
                        _leases.Add(await _pool.LeaseAsync($"m{model}"));
                        break;
                    case 2 when _leases.Count > 0:
                        var index = number % _leases.Count;
                        _leases[index].Dispose();
                        _leases.RemoveAt(index);
                        break;
                    case 3 or 4 when _leases.Count > 0:
                        _working[model] = number * Mebibyte / 4;
                        await PoolFixture.RunAsync(_leases[number % _leases.Count]);
                        break;
                    case 5:
                        if (number % 2 == 0) await _pool.Pool.PinAsync($"m{model}", "owner", CancellationToken.None);
                        else _pool.Pool.Unpin($"m{model}", "owner");
                        break;
                    case 6 when number % 3 == 0:
                        await _pool.Pool.EvictAsync($"m{model}", "property", CancellationToken.None);
                        break;
                    case 7:
                        _pool.Conditions.Memory((MemoryPressureLevel)(number % 3));
                        break;
                    case 8 when _versions[model] < 5:
                        _versions[model]++;
                        AddVersion(model);
                        break;
                    case 9:
                        _isFaulty = number % 2 == 0;
                        if (number % 5 == 0) _pool.Health.Fail("npu0");
                        if (number % 5 == 1) _pool.Health.Heal("npu0");
                        break;
                    case 10:
                        _pool.Runtime.Time.Advance(TimeSpan.FromSeconds(number));
                        break;
                    case 11 when _leases.Count > 0:
                        if (number % 2 == 0) _values.Add(_leases[number % _leases.Count].CreateValue(ElementType.UInt8, new TensorShape(number * Mebibyte / 2)));
                        else _values.ForEach(value => value.Dispose());
                        break;
                }
            }
            catch (EdgeHostException e) when (e.Code is ErrorCode.ResourceExhausted or ErrorCode.DataLoss)
            {
                // No room; or a broken version without an older one to stand in.
            }

            await _pool.Pool.WhenQuietAsync();
            await _pool.Pool.WhenUnloadedAsync();
        }

        public void Check()
        {
            var pool = _pool.Pool.Snapshot();
            var models = pool.Models.Where(model => model.State != ModelState.Unavailable).ToList();
            Assert.Equal(pool.UsedBytes, models.Sum(model => model.Bytes) + pool.LargeValueBytes);
            Assert.Equal(0, pool.LeavingBytes);
            Assert.All(models, model => Assert.Equal(model.Memory.TotalBytes, model.Bytes));
            Assert.Equal(_leases.Count, pool.Leases);
            Assert.Equal(_leases.Count, models.Sum(model => model.Leases));
            Assert.InRange(pool.EffectiveBudgetBytes, 25 * Mebibyte, pool.BudgetBytes);
            Assert.Equal(models.Count, _pool.Engine.SessionsAlive);
            if (pool.UsedBytes > pool.EffectiveBudgetBytes)
            {
                // Only what cannot go may be above the budget.
                Assert.All(models, model => Assert.True(model.Leases > 0 || model.PinnedBy.Count > 0, $"{model.Id}@{model.Version} is idle while the pool is over its budget"));
            }

            Assert.Empty(_pool.Engine.Faults);
        }

        public async Task EndAsync()
        {
            _leases.ForEach(lease => lease.Dispose());
            _values.ForEach(value => value.Dispose());
            await _pool.AssertNothingStaysAsync();
        }

        public ValueTask DisposeAsync() => _pool.DisposeAsync();

        private void AddVersion(int index)
        {
            var version = $"{_versions[index]}";
            var bytes = (8 + (7 * index)) * Mebibyte;
            var isBroken = _versions[index] == 3;
            var model = _pool.Add($"m{index}", bytes, version);
            model.Memory = () => new SessionMemory(bytes, 0, _working[index]);
            model.OnRelease = () => _working[index] = 0;
            model.OnLoad = _ => isBroken ? throw new EdgeHostException(ErrorCode.DataLoss, "broken") : Task.CompletedTask;
            model.OnRunOn = (device, _, _) => _isFaulty && device.Id == "npu0" ? throw new DeviceFaultException("npu0", "driver reset") : null;
        }
    }
}
