using EdgeHost.Capabilities.Speech;
using EdgeHost.Wyoming.Events;

namespace EdgeHost.Wyoming.Services;

/// <summary>What the samples of an audio event are.</summary>
/// <param name="Format">How one sample is written.</param>
/// <param name="SampleRateHz">Samples a second.</param>
/// <param name="Channels">Interleaved channels.</param>
internal readonly record struct AudioShape(AudioFormat Format, int SampleRateHz, int Channels)
{
    /// <summary>Reads it of an event.</summary>
    /// <param name="wyoming">An <c>audio-start</c> or <c>audio-chunk</c>.</param>
    /// <exception cref="EdgeHostException"><see cref="ErrorCode.InvalidArgument"/>: it does not say, or it cannot be heard.</exception>
    public static AudioShape Of(WyomingEvent wyoming) => new(
        wyoming.Required("width", 1, 4) switch
        {
            1 => AudioFormat.U8,
            2 => AudioFormat.S16le,
            3 => AudioFormat.S24le,
            _ => AudioFormat.S32le,
        },
        wyoming.Required("rate", 1000, 384_000),
        wyoming.Required("channels", 1, 32));
}
