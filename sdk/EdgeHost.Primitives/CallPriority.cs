namespace EdgeHost;

/// <summary>How urgent a call is. The scheduler serves a higher class first, with ageing so that none starves.</summary>
public enum CallPriority
{
    /// <summary>Work that nobody waits for: indexing, training.</summary>
    Background = 0,

    /// <summary>The default.</summary>
    Normal = 1,

    /// <summary>A person waits for the answer.</summary>
    Interactive = 2,
}
