using System.Globalization;
using EdgeHost.Plugins.Speech.Synthesis.Engines;
using EdgeHost.PluginSdk;

namespace EdgeHost.Plugins.Speech.Synthesis.Piper;

/// <summary>
/// The models of the task <c>speech-synthesis</c> whose manifest says <c>"family": "piper"</c>, with the properties <c>language</c> (as BCP 47; several are separated by commas),
/// <c>speakers</c> (names separated by commas) and <c>sample_rate_hz</c>. Thread-safe.
/// </summary>
internal static class VoiceModels
{
    /// <summary>The task.</summary>
    public const string Task = "speech-synthesis";

    private const string Family = "piper";

    /// <summary>Lists them, those on the device first.</summary>
    /// <param name="models">Where models come from.</param>
    /// <param name="cancellationToken">Stops.</param>
    public static async ValueTask<IReadOnlyList<VoiceModel>> ListAsync(IModelProvider models, CancellationToken cancellationToken)
    {
        var found = await models.ListAsync(Task, cancellationToken).ConfigureAwait(false);
        return [.. found.Where(static model => model.Properties.GetValueOrDefault("family") == Family).Select(Read)];
    }

    private static VoiceModel Read(AvailableModel model) => new(
        model.Id, model.Summary, model.Licence, [.. ListOf(model, "language").Select(TryNormalize).OfType<string>()])
    {
        Speakers = ListOf(model, "speakers"),
        SampleRate = int.TryParse(model.Properties.GetValueOrDefault("sample_rate_hz"), NumberStyles.None, CultureInfo.InvariantCulture, out var rate) ? rate : 0,
        Hint = model.IsInstalled ? null : $"Get its model with: {model.PullCommand}.",
    };

    private static string[] ListOf(AvailableModel model, string property)
        => model.Properties.GetValueOrDefault(property, string.Empty).Split(',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);

    private static string? TryNormalize(string tag)
    {
        try
        {
            return LanguageTag.Normalize(tag);
        }
        catch (EdgeHostException)
        {
            return null;
        }
    }
}
