using EdgeHost.Capabilities.Health;

namespace EdgeHost.Plugins.Health.Waves;

/// <summary>Refuses signals that are too long or too short, with what to do.</summary>
internal static class WaveLimits
{
    /// <exception cref="EdgeHostException"><see cref="ErrorCode.InvalidArgument"/>: there is no value, or there are too many.</exception>
    public static void CheckWhole(HealthSignal signal, HealthOptions options, string streamMethod)
    {
        var count = signal.Samples.Length;
        if (count == 0) throw new EdgeHostException(ErrorCode.InvalidArgument, "The signal has no sample.");
        if (count > options.MaxSignalValues)
        {
            throw new EdgeHostException(
                ErrorCode.InvalidArgument,
                $"The signal has {count} values; at most {options.MaxSignalValues} are taken at once. '{streamMethod}' takes any length in pieces; the plugin's setting 'health:max_signal_values' is the limit.");
        }
    }

    /// <exception cref="EdgeHostException"><see cref="ErrorCode.InvalidArgument"/>: there are too many values in a piece.</exception>
    public static void CheckPiece(HealthSignal signal, HealthOptions options)
    {
        if (signal.Samples.Length <= options.MaxChunkValues) return;
        throw new EdgeHostException(
            ErrorCode.InvalidArgument,
            $"The piece has {signal.Samples.Length} values; at most {options.MaxChunkValues} are taken. Push smaller pieces; the plugin's setting 'health:max_chunk_values' is the limit.");
    }
}
