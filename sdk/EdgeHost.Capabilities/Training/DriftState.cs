namespace EdgeHost.Capabilities.Training;

/// <summary>What a population stability index says.</summary>
public enum DriftState
{
    /// <summary>There are too few calls to say anything.</summary>
    Collecting = 0,

    /// <summary>Below 0.1: no change.</summary>
    Stable = 1,

    /// <summary>0.1 to 0.25: some change, worth a look.</summary>
    Moderate = 2,

    /// <summary>Above 0.25: the model meets another population than at first.</summary>
    Shifted = 3,
}
