namespace EdgeHost;

/// <summary>The kinds of compute device the scheduler places work on.</summary>
public enum DeviceKind
{
    /// <summary>The general processor; always present.</summary>
    Cpu = 0,

    /// <summary>A graphics processor.</summary>
    Gpu = 1,

    /// <summary>A neural processing unit.</summary>
    Npu = 2,
}
