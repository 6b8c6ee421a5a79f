using System.Globalization;
using EdgeHost.PluginSdk;

namespace EdgeHost.Plugins.Translation.Models;

/// <summary>A model that translates from one language into another, as its manifest describes it. Immutable.</summary>
/// <param name="Id">The id of its encoder, which has config and vocabulary beside it.</param>
/// <param name="Source">What it reads, as <see cref="LanguageCode"/>.</param>
/// <param name="Target">What it writes, likewise.</param>
/// <param name="Decoder">The id of its decoder.</param>
/// <param name="DecoderWithPast">The id of the decoder of later steps; null where the decoder has both branches.</param>
/// <param name="Prefix">What stands before a text to say which language is wanted (<c>&gt;&gt;cmn_Hans&lt;&lt;</c>); empty for a model of one language.</param>
/// <param name="MaxRows">How many sentences it may translate in one run.</param>
/// <param name="IsInstalled">Whether it is on the device.</param>
/// <param name="PullCommand">The command that gets it.</param>
internal sealed record TranslationModel(
    string Id, string Source, string Target, string Decoder, string? DecoderWithPast, string Prefix, int MaxRows, bool IsInstalled, string PullCommand)
{
    /// <summary>The task of encoders.</summary>
    public const string TaskName = "translation";

    /// <summary>The task of decoders.</summary>
    public const string DecoderTaskName = "translation-decoder";

    private const string Family = "marian";
    private const int MostRows = 64;

    /// <summary>Reads what a manifest says; null where it is of another family, or lacks what a translation needs.</summary>
    public static TranslationModel? Read(AvailableModel model)
    {
        var properties = model.Properties;
        if (properties.GetValueOrDefault("family") != Family) return null;
        var (source, target) = (LanguageCode.Of(properties.GetValueOrDefault("source")), LanguageCode.Of(properties.GetValueOrDefault("target")));
        if (source.Length == 0 || target.Length == 0 || source == target || properties.GetValueOrDefault("decoder") is not { Length: > 0 } decoder) return null;
        return new TranslationModel(
            model.Id, source, target, decoder, properties.GetValueOrDefault("decoder_with_past"), properties.GetValueOrDefault("prefix", string.Empty),
            int.TryParse(properties.GetValueOrDefault("max_rows"), NumberStyles.None, CultureInfo.InvariantCulture, out var rows) ? Math.Clamp(rows, 1, MostRows) : 1,
            model.IsInstalled, model.PullCommand);
    }
}
