using EdgeHost.Serialization;

namespace EdgeHost.Capabilities.Speech;

/// <summary>What an app pushes into a voice session: sound, or what is to be said.</summary>
[WireMessage]
public sealed partial class ConversePush
{
    /// <summary>Samples in the session's format.</summary>
    public ReadOnlyMemory<byte>? Audio { get; init; }

    /// <summary>A piece of the answer; it is spoken sentence by sentence as it comes.</summary>
    public string? Say { get; init; }

    /// <summary>Whether the answer is complete.</summary>
    public bool EndAnswer { get; init; }

    /// <summary>Whether to stop speaking and drop the rest of the answer.</summary>
    public bool Interrupt { get; init; }
}
