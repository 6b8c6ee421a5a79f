namespace EdgeHost.Runtime.Scheduling.Policies;

/// <summary>Whether a step may wait for a device.</summary>
internal enum AdmissionOutcome
{
    /// <summary>It may.</summary>
    Admitted,

    /// <summary>Its deadline has passed.</summary>
    Late,

    /// <summary>By what is known it would not be done by its deadline.</summary>
    Hopeless,

    /// <summary>The queue is full.</summary>
    Full,
}
