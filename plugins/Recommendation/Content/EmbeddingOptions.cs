using EdgeHost.Plugins.Recommendation.Settings;

namespace EdgeHost.Plugins.Recommendation.Content;

/// <summary>How texts and pictures of items are turned into vectors. Each is a setting of the plugin under <c>recommendation:</c>. Immutable.</summary>
internal sealed class EmbeddingOptions
{
    private const int LongestModel = 256;

    /// <summary>Whether they are at all; default: yes.</summary>
    public bool IsOn { get; init; } = true;

    /// <summary>Most items of a catalogue whose text, and as many whose picture, becomes a vector: 1 to 1,000,000, default 100,000. Others are known by words, tags and attributes.</summary>
    public int MaxItems { get; init; } = 100_000;

    /// <summary>Texts of a call: 1 to 256, default 16.</summary>
    public int Batch { get; init; } = 16;

    /// <summary>Characters of title and text that count: 1 to 100,000, default 4,000.</summary>
    public int MaxCharacters { get; init; } = 4_000;

    /// <summary>Largest picture in kilobytes: 1 to 65,536, default 4,096.</summary>
    public int MaxPictureKilobytes { get; init; } = 4_096;

    /// <summary>How long nothing is tried after it could not be done: 1 to 86,400 s, default 60 s.</summary>
    public TimeSpan Retry { get; init; } = TimeSpan.FromSeconds(60);

    /// <summary>The model of texts by its id; default: null, the one that <c>language.embed</c> takes.</summary>
    public string? TextModel { get; init; }

    /// <summary>The model of pictures by its id; default: null, the one that <c>vision.embed_image</c> takes.</summary>
    public string? PictureModel { get; init; }

    /// <summary>Reads the settings.</summary>
    /// <exception cref="EdgeHostException"><see cref="ErrorCode.FailedPrecondition"/>: a value is out of its range.</exception>
    public static EmbeddingOptions Read(SettingReader settings)
    {
        var defaults = new EmbeddingOptions();
        return new EmbeddingOptions
        {
            IsOn = settings.Integer("embed_content", 0, 1, 1) == 1,
            MaxItems = settings.Integer("max_embedded", 1, 1_000_000, defaults.MaxItems),
            Batch = settings.Integer("embed_batch", 1, 256, defaults.Batch),
            MaxCharacters = settings.Integer("max_embedded_characters", 1, 100_000, defaults.MaxCharacters),
            MaxPictureKilobytes = settings.Integer("max_picture_kilobytes", 1, 65_536, defaults.MaxPictureKilobytes),
            Retry = TimeSpan.FromSeconds(settings.Integer("embed_retry_seconds", 1, 86_400, (int)defaults.Retry.TotalSeconds)),
            TextModel = settings.Text("text_model", LongestModel),
            PictureModel = settings.Text("picture_model", LongestModel),
        };
    }
}
