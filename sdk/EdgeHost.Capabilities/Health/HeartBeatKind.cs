namespace EdgeHost.Capabilities.Health;

/// <summary>What kind of beat it is, as far as one lead can tell.</summary>
public enum HeartBeatKind
{
    /// <summary>Not to be said.</summary>
    Unknown = 0,

    /// <summary>The shape of most beats of this person, in time.</summary>
    Normal = 1,

    /// <summary>A ventricular ectopic beat: of another shape, wide or early.</summary>
    Ventricular = 2,

    /// <summary>A supraventricular ectopic beat: of the usual shape and early within a regular rhythm.</summary>
    Supraventricular = 3,
}
