using EdgeHost.Serialization;

namespace EdgeHost.Capabilities.Speech;

/// <summary>What an app pushes into a voice session: sound, or what is to be said.</summary>
[WireMessage]
public sealed partial class ConversePush
{
    /// <summary>Samples in the session's format.</summary>
    public ReadOnlyMemory<byte>? Audio { get; init; }

    /// <summary>
    /// A piece of the answer, cut anywhere; it is spoken sentence by sentence as it comes. Taken between <see cref="ConversationEventKind.Said"/> and the end of the answer, else dropped.
    /// </summary>
    public string? Say { get; init; }

    /// <summary>Which turn <see cref="Say"/> and <see cref="EndAnswer"/> belong to, as its event said; they are dropped if another one has begun. The current one if absent.</summary>
    [WireField(Minimum = 0)]
    public int? Turn { get; init; }

    /// <summary>Whether the answer is complete.</summary>
    public bool EndAnswer { get; init; }

    /// <summary>Whether to stop speaking and drop the rest of the answer.</summary>
    public bool Interrupt { get; init; }
}
