namespace EdgeHost.TestKit.Onnx;

/// <summary>
/// How one virtual device behaves, and what it did; live, also while sessions run, in whatever process the provider was loaded. Thread-safe. The layout
/// is that of <c>tests/VirtualProvider/control.h</c>.
/// </summary>
public sealed unsafe class VirtualDeviceControl
{
    private readonly long* _fields;

    internal VirtualDeviceControl(long* fields) => _fields = fields;

    /// <summary>No run is shorter. Default zero.</summary>
    public TimeSpan LatencyFloor
    {
        get => TimeSpan.FromMicroseconds(this[0]);
        set => this[0] = (long)value.TotalMicroseconds;
    }

    /// <summary>A run takes that many times its real time; below 1 is 1. Default 1.</summary>
    public double LatencyFactor
    {
        get => Math.Max(1, this[1] / 1000d);
        set => this[1] = (long)(value * 1000);
    }

    /// <summary>So many runs fail from now on; -1: all. Counts down.</summary>
    public long FailRuns
    {
        get => this[2];
        set => this[2] = value;
    }

    /// <summary>So many loads fail from now on; -1: all. Counts down.</summary>
    public long FailLoads
    {
        get => this[3];
        set => this[3] = value;
    }

    /// <summary>Whether every run and load fails.</summary>
    public bool IsDown
    {
        get => this[4] != 0;
        set => this[4] = value ? 1 : 0;
    }

    /// <summary>Whether a run that begins blocks; false lets all blocked ones go on.</summary>
    public bool HangRuns
    {
        get => this[5] != 0;
        set => this[5] = value ? 1 : 0;
    }

    /// <summary>Whether a load that begins blocks; false lets all blocked ones go on.</summary>
    public bool HangLoads
    {
        get => this[6] != 0;
        set => this[6] = value ? 1 : 0;
    }

    /// <summary>Whether float results are off by one.</summary>
    public bool IsWrong
    {
        get => this[7] != 0;
        set => this[7] = value ? 1 : 0;
    }

    /// <summary>Groups of nodes compiled.</summary>
    public long Compiled => this[16];

    /// <summary>Runs begun; a graph in several parts counts each.</summary>
    public long Runs => this[17];

    /// <summary>Runs that failed on purpose.</summary>
    public long Failed => this[18];

    /// <summary>Time spent in runs.</summary>
    public TimeSpan Busy => TimeSpan.FromMicroseconds(this[19]);

    /// <summary>Bytes of weights on the device.</summary>
    public long MemoryUsedBytes => this[20];

    /// <summary>Runs and loads that are blocked now.</summary>
    public long Hanging => this[21];

    /// <summary>Sessions that live.</summary>
    public long Sessions => this[22];

    /// <summary>Groups of nodes loaded in compiled form.</summary>
    public long LoadedFromContext => this[23];

    /// <summary>Back to a device that works as fast as it can; counters stay.</summary>
    public void Heal()
    {
        for (var i = 0; i < 8; i++)
        {
            this[i] = 0;
        }
    }

    private long this[int index]
    {
        get => Volatile.Read(ref _fields[index]);
        set => Volatile.Write(ref _fields[index], value);
    }
}
