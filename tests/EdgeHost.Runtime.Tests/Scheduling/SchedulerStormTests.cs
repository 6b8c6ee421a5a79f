using EdgeHost.PluginSdk;
using EdgeHost.Runtime.Devices;
using EdgeHost.Runtime.Models;
using EdgeHost.Runtime.Scheduling;
using EdgeHost.TestKit;

namespace EdgeHost.Runtime.Tests.Scheduling;

/// <summary>Everything at once on three devices with the real clock: in the end every step has ended and nothing is left.</summary>
[Collection(nameof(SchedulerStormTests))]
public sealed class SchedulerStormTests
{
    private const int Clients = 8;
    private const int StepsEach = 500;

    [Fact]
    public async Task RunAsync_CancellationsPreemptionsBatchesAndFaults_EverythingEndsAndTheAccountsAreAtZero()
    {
        var made = 0L;
        var disposed = 0L;
        await using var rig = new SchedulerRig(
            options =>
            {
                options.QueueLimit = 64;
                options.PreemptionBound = TimeSpan.Zero;
                options.MaxBatchWindow = TimeSpan.FromMilliseconds(2);
                options.Concurrency["cpu"] = 2;
                options.AppWeights["app1"] = 3;
            },
            TimeProvider.System,
            new DeviceDescription { Id = "cpu", Kind = DeviceKind.Cpu, Name = "cpu", Provider = "Simulated" },
            new DeviceDescription { Id = "gpu0", Kind = DeviceKind.Gpu, Name = "gpu", Provider = "Simulated" },
            SchedulerRig.Npu);
        rig.Engine.Describe("storm", new SimulatedModel
        {
            OnRun = (step, token) =>
            {
                var x = step.Inputs[0].Value;
                Thread.SpinWait(50 * (1 + (int)x.AsSpan<float>()[0]));
                token.ThrowIfCancellationRequested();
                if (x.AsSpan<float>().Contains(13)) throw new DeviceFaultException("any", "a fault of the device");
                if (x.AsSpan<float>().Contains(7)) throw new EdgeHostException(ErrorCode.InvalidArgument, "a bad input");
                return [new CountedValue(x.Shape, x.AsSpan<float>(), () => Interlocked.Increment(ref made), () => Interlocked.Increment(ref disposed))];
            },
        });
        var requests = new List<StepRequest>();
        for (var device = 0; device < 3; device++)
        {
            requests.Add(await rig.RequestAsync("storm", device: device));
        }

        var ends = new int[5];
        await Task.WhenAll(Enumerable.Range(0, Clients).Select(client => Task.Run(() => ClientAsync(rig, requests, client, ends))));

        Assert.Equal(Clients * StepsEach, ends.Sum());
        Assert.All(rig.Scheduler.Snapshot(), queue => Assert.Equal((0, 0), (queue.Queued, queue.Running)));
        Assert.Equal(rig.Engine.RunsStarted, rig.Engine.RunsEnded);
        Assert.Equal(Interlocked.Read(ref made), Interlocked.Read(ref disposed));
        Assert.Empty(rig.Engine.Faults);
        Assert.All(rig.Scheduler.Shares(), share => Assert.Equal(0, share.Waiting));
        Assert.True(ends[0] > 0 && ends[1] > 0 && ends[2] > 0, $"Ends: {string.Join(' ', ends)}");

        // The accounts of every device are at zero: a step of the lowest class starts at once.
        foreach (var device in rig.Engine.Devices)
        {
            Assert.Equal(TimeSpan.Zero, rig.Scheduler.PredictWait(device.Id, CallPriority.Training));
        }
    }

    private static async Task ClientAsync(SchedulerRig rig, List<StepRequest> requests, int client, int[] ends)
    {
        var random = new Random(client);
        var inFlight = new Queue<Task>();
        for (var i = 0; i < StepsEach; i++)
        {
            if (client == 0 && i % 50 == 0) rig.Health.Set("gpu0", i % 100 == 0 ? DeviceHealthState.Failed : DeviceHealthState.Healthy);
            if (client == 1 && i % 40 == 0)
            {
                // Let go again at once: this client's own steps may be among those that rest.
                rig.Conditions.Set(CallPriority.Normal);
                Thread.SpinWait(50_000);
                rig.Conditions.Set(CallPriority.Training);
            }

            inFlight.Enqueue(StepAsync(rig.Scheduler, requests[random.Next(requests.Count)], random.Next(), client, ends));
            while (inFlight.Count > 6)
            {
                await inFlight.Dequeue().WaitAsync(TimeSpan.FromSeconds(60));
            }
        }

        if (client == 0) rig.Health.Set("gpu0", DeviceHealthState.Healthy);
        await Task.WhenAll(inFlight).WaitAsync(TimeSpan.FromSeconds(60));
    }

    private static async Task StepAsync(IStepScheduler scheduler, StepRequest like, int seed, int client, int[] ends)
    {
        var random = new Random(seed);
        using var cancellation = new CancellationTokenSource();
        using var input = SimulatedValue.Of<float>(new TensorShape(1, 1), random.Next(16));
        var request = new StepRequest
        {
            Device = like.Device,
            Session = like.Session,
            Step = new ModelStep { Inputs = [new NamedValue("x", input)], MayRunOnCallingThread = random.Next(4) == 0, IsRepeatable = random.Next(4) != 0 },
            Model = like.Model,
            App = new AppIdentity($"app{client % 4}", -1, -1),
            Priority = (CallPriority)random.Next(4),
            Batching = random.Next(2) == 0 ? new ModelBatching() : null,
            Deadline = random.Next(3) == 0 ? TimeProvider.System.GetUtcNow().AddMilliseconds(random.Next(-1, 30)) : null,
        };
        try
        {
            var run = Task.Run(() => scheduler.RunAsync(request, cancellation.Token));
            if (random.Next(3) == 0)
            {
                Thread.SpinWait(random.Next(20_000));
                await cancellation.CancelAsync();
            }

            CancellationPointsTests.Dispose(await run);
            Interlocked.Increment(ref ends[0]);
        }
        catch (OperationCanceledException)
        {
            Interlocked.Increment(ref ends[1]);
        }
        catch (EdgeHostException e)
        {
            Interlocked.Increment(ref ends[e is DeviceFaultException ? 2 : e.Code == ErrorCode.InvalidArgument ? 3 : 4]);
        }
    }

    /// <summary>Counts the outputs of this test alone.</summary>
    private sealed class CountedValue : ModelValue
    {
        private readonly byte[] _bytes;
        private Action? _disposed;

        public CountedValue(TensorShape shape, ReadOnlySpan<float> content, Action made, Action disposed)
            : base(ElementType.Float32, shape)
        {
            _bytes = System.Runtime.InteropServices.MemoryMarshal.AsBytes(content).ToArray();
            _disposed = disposed;
            made();
        }

        protected override Span<byte> GetBytes() => _bytes;

        protected override void Dispose(bool disposing) => Interlocked.Exchange(ref _disposed, null)?.Invoke();
    }
}
