namespace EdgeHost.Deployment.Shadow;

/// <summary>Why a step was not run again; the names are those of the counter.</summary>
internal enum ShadowDrop
{
    /// <summary>Too many wait, or it waited too long.</summary>
    Busy = 0,

    /// <summary>It is too large.</summary>
    Size = 1,

    /// <summary>A value cannot be copied.</summary>
    Kind = 2,

    /// <summary>The machine is on battery, hot or short of memory.</summary>
    Conditions = 3,
}
