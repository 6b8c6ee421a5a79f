namespace EdgeHost.Wfdb;

/// <summary>What a signal is of.</summary>
public enum WfdbContent
{
    /// <summary>Its name does not tell.</summary>
    Unknown = 0,

    /// <summary>A lead of an ECG.</summary>
    Ecg = 1,

    /// <summary>The pulse signal of a light sensor.</summary>
    Pulse = 2,

    /// <summary>Something else, such as breath or blood pressure.</summary>
    Other = 3,
}
