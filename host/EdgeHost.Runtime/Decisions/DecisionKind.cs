namespace EdgeHost.Runtime.Decisions;

/// <summary>What the host decided.</summary>
public enum DecisionKind
{
    /// <summary>A model was loaded.</summary>
    Loaded = 0,

    /// <summary>A model left the pool.</summary>
    Evicted = 1,

    /// <summary>A load or a step was refused.</summary>
    Refused = 2,

    /// <summary>A device was chosen where there was a choice, or another than the preferred one.</summary>
    Placed = 3,

    /// <summary>A running step was stopped for a more urgent one and queued again.</summary>
    Preempted = 4,

    /// <summary>A step moved to another device after a fault.</summary>
    Moved = 5,

    /// <summary>A device changed its health.</summary>
    Device = 6,

    /// <summary>The pool's budget shrank or grew back.</summary>
    Budget = 7,

    /// <summary>Classes of work rest or go on.</summary>
    Conditions = 8,

    /// <summary>A step waited unusually long, or was stopped because it ran too long.</summary>
    Step = 9,

    /// <summary>A new version of a model took over, or was not taken.</summary>
    Version = 10,

    /// <summary>A training job began, rested, went on or ended, or is due again.</summary>
    Job = 11,
}
