namespace EdgeHost.Plugins.Health.Signals.Ecg;

/// <summary>What kind of beat it is, as far as one lead can tell.</summary>
public enum BeatKind
{
    /// <summary>Not to be said: the signal is poor there, or the shape is like nothing else without the timing of an ectopic beat.</summary>
    Unknown = 0,

    /// <summary>The shape of most beats of this person, in time. A bundle branch block or a pacemaker makes a shape of its own that is normal in this sense.</summary>
    Normal = 1,

    /// <summary>A ventricular ectopic beat: of another shape, wide or early.</summary>
    Ventricular = 2,

    /// <summary>A supraventricular ectopic beat: of the usual shape and early within a regular rhythm. Within an irregular rhythm it cannot be told and is not said.</summary>
    Supraventricular = 3,
}
