namespace EdgeHost.Capabilities.Speech;

/// <summary>What happened in a stream of sound.</summary>
public enum SpeechEventKind
{
    /// <summary>A window of 32 ms was judged.</summary>
    Window = 0,

    /// <summary>Somebody began to speak.</summary>
    Start = 1,

    /// <summary>They ended.</summary>
    End = 2,
}
