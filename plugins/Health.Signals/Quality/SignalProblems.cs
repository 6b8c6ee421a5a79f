namespace EdgeHost.Plugins.Health.Signals.Quality;

/// <summary>Why a stretch of a signal is not good.</summary>
[Flags]
public enum SignalProblems
{
    /// <summary>Nothing is wrong.</summary>
    None = 0,

    /// <summary>Values are not numbers, or beyond what a body and its electrodes make.</summary>
    Missing = 1,

    /// <summary>The value does not change: a lead is off or the sensor sends nothing.</summary>
    FlatLine = 2,

    /// <summary>The signal is cut at the ends of the converter's range.</summary>
    Saturated = 4,

    /// <summary>Noise or movement is as high as the beats.</summary>
    Noise = 8,

    /// <summary>Values are higher than those of a heart: another unit, or converter values without their gain.</summary>
    Implausible = 16,
}
