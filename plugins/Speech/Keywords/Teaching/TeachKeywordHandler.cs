using EdgeHost.Capabilities.Speech;
using EdgeHost.Plugins.Speech.Activity;
using EdgeHost.Plugins.Speech.Audio;
using EdgeHost.Plugins.Speech.Keywords.Hearing;
using EdgeHost.Plugins.Speech.Keywords.Personal;
using EdgeHost.Plugins.Speech.Synthesis.Piper;
using EdgeHost.PluginSdk;
using EdgeHost.PluginSdk.Typed;

namespace EdgeHost.Plugins.Speech.Keywords.Teaching;

/// <summary>Serves <c>speech.teach_keyword</c>.</summary>
[Capability(
    SpeechMethods.TeachKeyword,
    Summary = "Learns a keyword of one's own from a few recordings, and says how well it is known.",
    Example = """{"keyword":"my-word","recordings":["@1.wav","@2.wav","@3.wav"],"phrase":"my word"}""",
    Models = [KeywordFeatures.SpectrogramModel, KeywordFeatures.EmbeddingModel, SpeechDetector.ModelId],
    Tasks = [KeywordModels.Task, VoiceModels.Task])]
internal sealed class TeachKeywordHandler(PersonalKeywords personal, NegativeFile negatives, PhraseVoices voices) : CapabilityHandler<TeachKeywordRequest, TeachKeywordResponse>
{
    private const int LeastRecordings = 3;
    private const int MostTakes = 12;
    private const int LeastTakes = 3;
    private const int TakesOfAll = 60;
    private const int TakesOfAVoice = 3;
    private const double SecondsOfRefused = 180;
    private const int LargestWindow = 16;
    private const int SmallestWindow = 5;

    // A vector has seen the last 0.76 s.
    private const double SightOfAVector = 0.76;

    public override async ValueTask<TeachKeywordResponse> HandleAsync(TeachKeywordRequest request, CapabilityContext context, CancellationToken cancellationToken)
    {
        await CheckAsync(request, context.Models, cancellationToken).ConfigureAwait(false);
        personal.CheckRoom(context.App, request.Keyword);
        var recordings = new List<TaughtRecording>();
        foreach (var (index, audio) in request.Recordings.Index())
        {
            recordings.Add(await RecordingReader.ReadAsync(audio, $"Recording {index + 1}", context.Models, cancellationToken).ConfigureAwait(false));
        }

        var spoken = await voices.SpeakAsync(request.Phrase, request.Language, context.Models, cancellationToken).ConfigureAwait(false);
        float[][] refused = [.. (request.Negatives ?? []).Index().Select(static entry => RecordingReader.ReadNegative(entry.Item, $"Negative {entry.Index + 1}"))];
        var lesson = await PrepareAsync(recordings, spoken, refused, context.Models, cancellationToken).ConfigureAwait(false);
        var others = await negatives.ReadAsync(cancellationToken).ConfigureAwait(false);
        var (head, measured) = await new KeywordTeacher(others, lesson, context.Trainer).LearnAsync(cancellationToken).ConfigureAwait(false);
        var kept = personal.Keep(context.App, new PersonalKeyword { Keyword = request.Keyword, Number = 1, Threshold = measured.Threshold, Head = head });
        return new TeachKeywordResponse
        {
            Keyword = kept.Keyword,
            Version = kept.Version,
            Threshold = Math.Round(measured.Threshold, 4),
            FalseAlarmsPerHour = Math.Round(measured.FalseAlarmsPerHour, 3),
            NegativeHours = Math.Round(measured.NegativeHours, 3),
            HitShare = Math.Round(measured.HitShare, 4),
            Recordings = recordings.Count + spoken.Count,
        };
    }

    private static async ValueTask<Lesson> PrepareAsync(
        List<TaughtRecording> recordings, IReadOnlyList<TaughtRecording> spoken, float[][] refused, IModelProvider models, CancellationToken cancellationToken)
    {
        var seconds = recordings.Select(static recording => (double)(recording.WordEnd - recording.WordStart) / AudioReader.SpeechRate).Order().ElementAt(recordings.Count / 2);
        var window = Math.Clamp((int)Math.Ceiling((seconds - SightOfAVector) / KeywordFeatures.HopSamples * AudioReader.SpeechRate) + 4, SmallestWindow, LargestWindow);
        var takes = Math.Clamp(TakesOfAll / recordings.Count, LeastTakes, MostTakes);
        var embedder = new SoundEmbedder(models, window - 1);
        var sounds = await TakeAsync(recordings, takes, embedder, cancellationToken).ConfigureAwait(false);
        var voices = await TakeAsync(spoken, TakesOfAVoice, embedder, cancellationToken).ConfigureAwait(false);
        var others = new List<float[]>();
        var copies = refused.Length == 0 ? 0 : Math.Clamp((int)(SecondsOfRefused * AudioReader.SpeechRate / refused.Sum(static samples => samples.Length)), 1, MostTakes);
        foreach (var (index, samples) in refused.Index())
        {
            var (random, whole) = (new Random(-index - 1), new TaughtRecording(samples, 0, samples.Length));
            for (var copy = 0; copy < copies; copy++)
            {
                var take = copy == 0 ? Augmentation.Plain(whole) : Augmentation.Vary(whole, random);
                others.Add(await embedder.EmbedAsync(take.Samples, cancellationToken).ConfigureAwait(false));
            }
        }

        return new Lesson { Window = window, Recordings = sounds, Spoken = voices, Refused = others };
    }

    private static async ValueTask<IReadOnlyList<IReadOnlyList<TaughtSound>>> TakeAsync(
        IReadOnlyList<TaughtRecording> recordings, int takes, SoundEmbedder embedder, CancellationToken cancellationToken)
    {
        var sounds = new List<IReadOnlyList<TaughtSound>>();
        foreach (var (index, recording) in recordings.Index())
        {
            var (random, made) = (new Random(index + 1), new List<TaughtSound> { await embedder.EmbedAsync(Augmentation.Plain(recording), cancellationToken).ConfigureAwait(false) });
            while (made.Count < takes) made.Add(await embedder.EmbedAsync(Augmentation.Vary(recording, random), cancellationToken).ConfigureAwait(false));
            sounds.Add(made);
        }

        return sounds;
    }

    private static async ValueTask CheckAsync(TeachKeywordRequest request, IModelProvider models, CancellationToken cancellationToken)
    {
        if (!PersonalKeywords.IsName(request.Keyword)) throw Wrong("'keyword' must have 1 to 64 characters of a-z 0-9 _ -.");
        var known = await KeywordModels.ListAsync(models, cancellationToken).ConfigureAwait(false);
        if (known.Any(known => known.Keyword == request.Keyword)) throw Wrong($"'{request.Keyword}' is a ready-made keyword; choose another id.");
        if (request.Recordings.Count < LeastRecordings) throw Wrong($"There are {request.Recordings.Count} recordings; at least {LeastRecordings} are wanted, better ten.");
    }

    private static EdgeHostException Wrong(string problem) => new(ErrorCode.InvalidArgument, problem);
}
