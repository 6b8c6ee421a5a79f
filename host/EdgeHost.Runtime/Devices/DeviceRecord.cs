namespace EdgeHost.Runtime.Devices;

/// <summary>What the registry keeps of one device. <see cref="Gate"/> guards everything but the volatile parts.</summary>
internal sealed class DeviceRecord
{
    private long _lastSuccess;
    private volatile bool _isReady;

    public DeviceRecord(DeviceDescription device, DeviceStateMachine machine, DateTimeOffset since)
    {
        Device = device;
        Machine = machine;
        Since = since;
    }

    public DeviceDescription Device { get; }

    public Lock Gate { get; } = new();

    public DeviceStateMachine Machine { get; }

    /// <summary>When it came into its state.</summary>
    public DateTimeOffset Since { get; set; }

    /// <summary>The test before the first use, or null where none began.</summary>
    public Task? FirstTest { get; set; }

    /// <summary>What was last told to people, so that a device which fails test after test is told of once.</summary>
    public string? LastTold { get; set; }

    /// <summary>Whether the test before the first use is over or was never needed. Read without the lock.</summary>
    public bool IsReady
    {
        get => _isReady;
        set => _isReady = value;
    }

    /// <summary>Timestamp of the last success, or 0. Read and written without the lock.</summary>
    public long LastSuccess
    {
        get => Volatile.Read(ref _lastSuccess);
        set => Volatile.Write(ref _lastSuccess, value);
    }
}
