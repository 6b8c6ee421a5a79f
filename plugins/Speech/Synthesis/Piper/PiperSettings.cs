using System.Globalization;
using System.Text.Json;
using System.Text.RegularExpressions;

namespace EdgeHost.Plugins.Speech.Synthesis.Piper;

/// <summary>What the <c>.onnx.json</c> beside a Piper voice says. Written by strangers, so everything is checked. Immutable.</summary>
internal sealed partial class PiperSettings
{
    private const int MostBytes = 4 << 20;
    private const int MostIds = 16;
    private const int MostSpeakers = 100_000;

    /// <summary>The file's name beside the graph.</summary>
    public const string FileName = "voice.onnx.json";

    /// <summary>Samples a second.</summary>
    public required int SampleRate { get; init; }

    /// <summary>The voice of eSpeak NG whose phonemes it knows; null: it is given letters.</summary>
    public required string? EspeakVoice { get; init; }

    /// <summary>How many speakers it has.</summary>
    public required int Speakers { get; init; }

    /// <summary>Their numbers by name.</summary>
    public required IReadOnlyDictionary<string, int> SpeakerNumbers { get; init; }

    /// <summary>How much the sound varies.</summary>
    public required float NoiseScale { get; init; }

    /// <summary>How long sounds are: 2 is half as fast.</summary>
    public required float LengthScale { get; init; }

    /// <summary>How much the lengths of sounds vary.</summary>
    public required float NoiseWidth { get; init; }

    /// <summary>The numbers of each phoneme, by its code point.</summary>
    public required IReadOnlyDictionary<int, long[]> Ids { get; init; }

    /// <summary>Reads a file.</summary>
    /// <param name="json">Its content.</param>
    /// <param name="model">The model's id, for the error.</param>
    /// <exception cref="EdgeHostException"><see cref="ErrorCode.FailedPrecondition"/>: it describes no voice that can be used, and why.</exception>
    public static PiperSettings Read(ReadOnlyMemory<byte> json, string model)
    {
        if (json.Length > MostBytes) throw Unusable(model, $"it is longer than {MostBytes} bytes");
        try
        {
            using var document = JsonDocument.Parse(json);
            var root = document.RootElement;
            var inference = root.TryGetProperty("inference", out var found) ? found : default;
            var settings = new PiperSettings
            {
                SampleRate = root.GetProperty("audio").GetProperty("sample_rate").GetInt32(),
                EspeakVoice = root.TryGetProperty("phoneme_type", out var type) && type.GetString() == "text" ? null : root.GetProperty("espeak").GetProperty("voice").GetString(),
                Speakers = root.TryGetProperty("num_speakers", out var count) ? count.GetInt32() : 1,
                SpeakerNumbers = root.TryGetProperty("speaker_id_map", out var speakers)
                    ? speakers.EnumerateObject().Take(MostSpeakers).DistinctBy(static entry => entry.Name).ToDictionary(static entry => entry.Name, static entry => entry.Value.GetInt32(), StringComparer.Ordinal)
                    : new Dictionary<string, int>(StringComparer.Ordinal),
                NoiseScale = Scale(inference, "noise_scale", 0.667f),
                LengthScale = Scale(inference, "length_scale", 1f),
                NoiseWidth = Scale(inference, "noise_w", 0.8f),
                Ids = IdsOf(root.GetProperty("phoneme_id_map")),
            };
            return settings.Check(model);
        }
        catch (Exception e) when (e is JsonException or KeyNotFoundException or InvalidOperationException or FormatException)
        {
            throw Unusable(model, "a field is missing or of another kind", e);
        }
    }

    /// <summary>The number of a speaker.</summary>
    /// <param name="speaker">Its name or number; null: the first.</param>
    /// <param name="model">The model's id, for the error.</param>
    /// <exception cref="EdgeHostException"><see cref="ErrorCode.NotFound"/>: there is no such speaker.</exception>
    public long NumberOf(string? speaker, string model)
    {
        const int Shown = 10;
        if (speaker is null) return 0;
        if (SpeakerNumbers.TryGetValue(speaker, out var number)) return number;
        if (int.TryParse(speaker, NumberStyles.None, CultureInfo.InvariantCulture, out number) && number < Speakers) return number;
        var names = SpeakerNumbers.Count == 0 ? $"numbers from 0 to {Speakers - 1}" : string.Join(", ", SpeakerNumbers.Keys.Take(Shown)) + (SpeakerNumbers.Count > Shown ? ", ..." : string.Empty);
        throw new EdgeHostException(ErrorCode.NotFound, $"The voice '{model}' has no speaker '{speaker}'; it has {names}.");
    }

    private static float Scale(JsonElement inference, string name, float otherwise)
        => inference.ValueKind == JsonValueKind.Object && inference.TryGetProperty(name, out var value) ? value.GetSingle() : otherwise;

    private static Dictionary<int, long[]> IdsOf(JsonElement map)
    {
        var ids = new Dictionary<int, long[]>();
        foreach (var entry in map.EnumerateObject())
        {
            // Keys of several code points belong to other ways of making phonemes.
            if (System.Text.Rune.DecodeFromUtf16(entry.Name, out var rune, out var length) != System.Buffers.OperationStatus.Done || length != entry.Name.Length) continue;
            ids[rune.Value] = [.. entry.Value.EnumerateArray().Take(MostIds).Select(static id => id.GetInt64())];
        }

        return ids;
    }

    private PiperSettings Check(string model)
    {
        if (SampleRate is < 8000 or > 48_000) throw Unusable(model, "its sample rate is not from 8000 to 48000");
        if (Speakers is < 1 or > MostSpeakers) throw Unusable(model, $"its number of speakers is not from 1 to {MostSpeakers}");
        if (SpeakerNumbers.Values.Any(number => number < 0 || number >= Speakers)) throw Unusable(model, "a speaker's number is not among those it has");
        if (!IsScale(NoiseScale) || !IsScale(NoiseWidth) || !IsScale(LengthScale) || LengthScale < 0.05f) throw Unusable(model, "a scale of 'inference' is not from 0 to 10");
        if (EspeakVoice is not null && !VoiceName().IsMatch(EspeakVoice)) throw Unusable(model, "'espeak.voice' is no name of a voice");
        if (Ids.Values.Any(static ids => ids.Any(static id => id is < 0 or > ushort.MaxValue))) throw Unusable(model, "a number of 'phoneme_id_map' is not from 0 to 65535");
        return Ids.ContainsKey('_') && Ids.ContainsKey('^') && Ids.ContainsKey('$') ? this : throw Unusable(model, "'phoneme_id_map' lacks '_', '^' or '$'");
    }

    private static bool IsScale(float value) => value is >= 0 and <= 10;

    private static EdgeHostException Unusable(string model, string why, Exception? cause = null)
        => new(ErrorCode.FailedPrecondition, $"The voice '{model}' cannot be used: in its file '{FileName}', {why}.", cause);

    // It becomes an argument of a program, so it must not look like an option.
    [GeneratedRegex("^[A-Za-z0-9][A-Za-z0-9_+/-]{0,63}$", RegexOptions.None, matchTimeoutMilliseconds: 1000)]
    private static partial Regex VoiceName();
}
