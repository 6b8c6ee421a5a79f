namespace EdgeHost.Runtime.Conditions;

/// <summary>How short the machine or the cgroup is of memory.</summary>
public enum MemoryPressureLevel
{
    /// <summary>Enough.</summary>
    None = 0,

    /// <summary>Tasks wait for memory now and then: idle models should go.</summary>
    Some = 1,

    /// <summary>Tasks wait much, or the cgroup's limit was hit: everything that can go should go.</summary>
    Severe = 2,
}
