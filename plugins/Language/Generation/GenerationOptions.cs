using System.Globalization;

namespace EdgeHost.Plugins.Language.Generation;

/// <summary>Limits of generation. Each is a setting of the plugin under <c>generation:</c>. Immutable.</summary>
internal sealed record GenerationOptions
{
    /// <summary>Longest prompt in characters (UTF-16): 1 to 100,000,000, default 1,000,000.</summary>
    public int MaxCharacters { get; init; } = 1_000_000;

    /// <summary>Most tokens of a prompt with what is generated, where the model allows as many: 16 to 1,000,000, default 8,192.</summary>
    public int MaxTokens { get; init; } = 8_192;

    /// <summary>Tokens generated where a request does not say: 1 to 1,000,000, default 256.</summary>
    public int DefaultTokens { get; init; } = 256;

    /// <summary>Texts of a model that are written at once: 1 to 256, default 16.</summary>
    public int MaxSequences { get; init; } = 16;

    /// <summary>Texts that join in one step: 1 to 64, default 8.</summary>
    public int MaxBatch { get; init; } = 8;

    /// <summary>Texts of a model that wait for their turn: 0 to 10,000, default 64.</summary>
    public int MaxWaiting { get; init; } = 64;

    /// <summary>Tokens of a prompt that are read in one step: 1 to 4,096, default 128.</summary>
    public int PromptChunk { get; init; } = 128;

    /// <summary>Bytes of the caches of all texts that are written at once: 64 KiB to 1 TiB, default 512 MiB.</summary>
    public long CacheBytes { get; init; } = 512L << 20;

    /// <summary>Pieces of an answer that may wait for its reader before its text rests: 1 to 10,000, default 64.</summary>
    public int MaxBacklog { get; init; } = 64;

    /// <summary>Bytes of the beginnings of texts that are kept for later ones: 0 (none) to 1 TiB, default 64 MiB.</summary>
    public long PrefixBytes { get; init; } = 64L << 20;

    /// <summary>Bytes of the sessions in memory: 0 to 1 TiB, default 256 MiB. Others are files.</summary>
    public long SessionBytes { get; init; } = 256L << 20;

    /// <summary>Bytes of the files of an app's sessions: 0 to 1 TiB, default 1 GiB. The oldest go first.</summary>
    public long SessionDiskBytes { get; init; } = 1L << 30;

    /// <summary>Reads the settings.</summary>
    /// <exception cref="EdgeHostException"><see cref="ErrorCode.FailedPrecondition"/>: a value is out of its range.</exception>
    public static GenerationOptions FromSettings(IReadOnlyDictionary<string, string> settings)
    {
        var defaults = new GenerationOptions();
        return new GenerationOptions
        {
            MaxCharacters = (int)Read(settings, "max_characters", 1, 100_000_000, defaults.MaxCharacters),
            MaxTokens = (int)Read(settings, "max_tokens", 16, 1_000_000, defaults.MaxTokens),
            DefaultTokens = (int)Read(settings, "default_tokens", 1, 1_000_000, defaults.DefaultTokens),
            MaxSequences = (int)Read(settings, "max_sequences", 1, 256, defaults.MaxSequences),
            MaxBatch = (int)Read(settings, "max_batch", 1, 64, defaults.MaxBatch),
            MaxWaiting = (int)Read(settings, "max_waiting", 0, 10_000, defaults.MaxWaiting),
            PromptChunk = (int)Read(settings, "prompt_chunk", 1, 4_096, defaults.PromptChunk),
            CacheBytes = Read(settings, "cache_bytes", 1 << 16, 1L << 40, defaults.CacheBytes),
            MaxBacklog = (int)Read(settings, "max_backlog", 1, 10_000, defaults.MaxBacklog),
            PrefixBytes = Read(settings, "prefix_bytes", 0, 1L << 40, defaults.PrefixBytes),
            SessionBytes = Read(settings, "session_bytes", 0, 1L << 40, defaults.SessionBytes),
            SessionDiskBytes = Read(settings, "session_disk_bytes", 0, 1L << 40, defaults.SessionDiskBytes),
        };
    }

    private static long Read(IReadOnlyDictionary<string, string> settings, string name, long least, long most, long fallback)
    {
        var key = $"generation:{name}";
        if (!settings.TryGetValue(key, out var text)) return fallback;
        if (long.TryParse(text, NumberStyles.Integer, CultureInfo.InvariantCulture, out var value) && value >= least && value <= most) return value;
        throw new EdgeHostException(ErrorCode.FailedPrecondition, $"The setting '{key}' must be a whole number from {least} to {most}; it is '{text}'.");
    }
}
