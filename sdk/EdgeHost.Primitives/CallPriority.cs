namespace EdgeHost;

/// <summary>How urgent work is: the scheduler's classes. It serves a higher class first, with ageing so that none starves.</summary>
public enum CallPriority
{
    /// <summary>Training on the device: runs when nothing else does, and rests on battery or heat. The host's own; apps ask for <see cref="Background"/> at the least.</summary>
    Training = 0,

    /// <summary>Work that nobody waits for: indexing, bulk transcription.</summary>
    Background = 1,

    /// <summary>The default.</summary>
    Normal = 2,

    /// <summary>A person waits for the answer.</summary>
    Interactive = 3,
}
