namespace EdgeHost.Host.Diagnostics;

/// <summary>How a thing is.</summary>
internal enum DoctorStatus
{
    /// <summary>Works.</summary>
    Ok,

    /// <summary>Works less well than it could.</summary>
    Warning,

    /// <summary>Does not work.</summary>
    Broken,
}
