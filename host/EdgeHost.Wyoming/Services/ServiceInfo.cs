using System.Text.Json.Nodes;
using EdgeHost.Capabilities.Speech;
using EdgeHost.Client;
using EdgeHost.Wyoming.Events;

namespace EdgeHost.Wyoming.Services;

/// <summary><c>describe</c>: what the host can do for voice assistants, as <c>info</c>.</summary>
internal static class ServiceInfo
{
    private const string Name = "edgehost";

    /// <summary>Asks the host.</summary>
    /// <param name="client">The host.</param>
    /// <param name="cancellationToken">Stops.</param>
    /// <exception cref="EdgeHostException">As the host's methods say.</exception>
    public static async ValueTask<WyomingEvent> CreateAsync(EdgeHostClient client, CancellationToken cancellationToken)
    {
        var version = client.Host.Version;
        var methods = (await client.GetCapabilitiesAsync(cancellationToken).ConfigureAwait(false)).Select(static one => one.Method).ToHashSet(StringComparer.Ordinal);
        var info = new JsonObject { ["asr"] = new JsonArray(), ["tts"] = new JsonArray(), ["wake"] = new JsonArray(), ["handle"] = new JsonArray(), ["intent"] = new JsonArray() };
        if (methods.Contains(SpeechMethods.TranscribeStream))
        {
            info["asr"]!.AsArray().Add(Service("speech to text", version, "models", [Item("default", "The host's speech model", ["en"], isInstalled: true)]));
        }

        if (methods.Contains(SpeechMethods.SynthesizeStream))
        {
            var voices = (await client.Speech.ListVoicesAsync(new VoicesRequest(), options: null, cancellationToken).ConfigureAwait(false)).Voices;
            info["tts"]!.AsArray().Add(Service("text to speech", version, "voices", [.. voices.Where(static voice => voice.IsAvailable).Select(static voice => Item(voice.Voice, voice.Name, voice.Languages, isInstalled: true))]));
        }

        if (methods.Contains(SpeechMethods.SpotKeywordStream))
        {
            var keywords = (await client.Speech.ListKeywordsAsync(new KeywordsRequest(), options: null, cancellationToken).ConfigureAwait(false)).Keywords;
            info["wake"]!.AsArray().Add(Service("wake words", version, "models", [.. keywords.Select(static keyword => Phrased(Item(keyword.Keyword, keyword.Keyword, ["en"], keyword.IsInstalled), keyword.Keyword))]));
        }

        return new WyomingEvent("info", info);
    }

    private static JsonObject Service(string what, string version, string listName, JsonNode[] list)
        => new()
        {
            ["name"] = Name, ["description"] = $"EdgeHost {what}", ["attribution"] = Attribution(), ["installed"] = true, ["version"] = version, [listName] = new JsonArray(list),
        };

    private static JsonObject Item(string name, string description, IEnumerable<string> languages, bool isInstalled)
        => new()
        {
            ["name"] = name, ["description"] = description, ["attribution"] = Attribution(), ["installed"] = isInstalled, ["version"] = null,
            ["languages"] = new JsonArray([.. languages.Select(static language => (JsonNode)language)]),
        };

    private static JsonObject Phrased(JsonObject item, string keyword)
    {
        item["phrase"] = keyword.Replace('_', ' ').Replace('-', ' ');
        return item;
    }

    private static JsonObject Attribution() => new() { ["name"] = "EdgeHost", ["url"] = string.Empty };
}
