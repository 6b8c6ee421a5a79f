using EdgeHost.Capabilities.Speech;
using EdgeHost.Plugins.Speech.Activity;
using EdgeHost.Plugins.Speech.Audio;
using EdgeHost.Plugins.Speech.Keywords;
using EdgeHost.Plugins.Speech.Keywords.Hearing;
using EdgeHost.Plugins.Speech.Synthesis;
using EdgeHost.Plugins.Speech.Synthesis.Piper;
using EdgeHost.Plugins.Speech.Transcription.Recognition;
using EdgeHost.PluginSdk;
using EdgeHost.PluginSdk.Typed;

namespace EdgeHost.Plugins.Speech.Conversation;

/// <summary>Serves <c>speech.converse</c>.</summary>
/// <param name="recognisers">Open what writes down.</param>
/// <param name="speaker">Opens what speaks.</param>
/// <param name="options">Limits.</param>
/// <param name="time">The clock.</param>
/// <param name="listeners">Open what hears keywords.</param>
[Capability(
    SpeechMethods.Converse,
    Summary = "A voice session: hears a keyword and what is said after it, and speaks the app's answers until somebody speaks again.",
    Example = """{"sample_rate_hz":16000,"keywords":[]}""",
    Models =
    [
        SpeechDetector.ModelId, Recognisers.DefaultEncoder, Recognisers.DefaultDecoder,
        KeywordFeatures.SpectrogramModel, KeywordFeatures.EmbeddingModel,
    ],
    Tasks = [Recognisers.TaskName, VoiceModels.Task, KeywordModels.Task])]
internal sealed class ConverseHandler(Recognisers recognisers, Speaker speaker, SynthesisOptions options, TimeProvider time, IKeywordListeners listeners)
    : DuplexCapabilityHandler<ConverseRequest, ConversePush, ConversationEvent, ConverseResponse>
{
    private const int BlockSamples = Endpointer.WindowSamples;

    public override async ValueTask<ConverseResponse> HandleAsync(
        ConverseRequest request, IAsyncEnumerable<ConversePush> pushes, ItemWriter<ConversationEvent> items, CapabilityContext context, CancellationToken cancellationToken)
    {
        var decoder = new StreamDecoder(AudioReader.RawFormat(request.Format, request.SampleRateHz, request.Channels));
        using var keywords = await OpenKeywordsAsync(request, context, cancellationToken).ConfigureAwait(false);
        using var recogniser = await recognisers.OpenAsync(context.Models, request.Language, id: null, cancellationToken).ConfigureAwait(false);
        var wish = new SpeechWish(request.Voice, request.Language, Rate: null, Pitch: null, SampleRate: null);
        using var speech = await speaker.OpenAsync(wish, context.Models, cancellationToken).ConfigureAwait(false);
        TimeSpan? pause = request.EndOfSpeechMs is { } ms ? TimeSpan.FromMilliseconds(ms) : null;
        var detectorModel = string.Empty;
        var session = new VoiceSession(OptionsOf(request), keywords, ListenAsync, speech, time, items.WriteAsync);
        await using (session.ConfigureAwait(false))
        {
            await session.StartAsync(cancellationToken).ConfigureAwait(false);
            var (input, block) = (new SampleQueue(), new float[BlockSamples]);
            await foreach (var push in pushes.ConfigureAwait(false))
            {
                if (push.Interrupt) await session.StopAnswerAsync(cancellationToken).ConfigureAwait(false);
                if (push.Say is { Length: > 0 } say) session.Say(say, push.Turn);
                if (push.EndAnswer) session.EndAnswer(push.Turn);
                if (push.Audio is not { } audio) continue;
                for (var rest = audio; decoder.TryPush(ref rest, input);) await HearAsync(session, input, block, BlockSamples, cancellationToken).ConfigureAwait(false);
            }

            decoder.Finish(input);
            await HearAsync(session, input, block, 1, cancellationToken).ConfigureAwait(false);
            await session.FinishAsync(cancellationToken).ConfigureAwait(false);
            return new ConverseResponse { Turns = session.Turns, DurationMs = decoder.DurationMs, Models = [detectorModel, .. recogniser.Models, .. speech.Models] };
        }

        async ValueTask<ITurnListener> ListenAsync(CancellationToken stop)
        {
            var detector = await SpeechDetector.CreateAsync(context.Models, stop).ConfigureAwait(false);
            detectorModel = detector.Model;
            return new LiveTurnListener(detector, recogniser, pause, time);
        }
    }

    private static async ValueTask HearAsync(VoiceSession session, SampleQueue input, float[] block, int least, CancellationToken cancellationToken)
    {
        while (input.Count >= least)
        {
            var count = input.Read(block);
            await session.HearAsync(block.AsMemory(0, count), cancellationToken).ConfigureAwait(false);
        }
    }

    private async ValueTask<IKeywordListener?> OpenKeywordsAsync(ConverseRequest request, CapabilityContext context, CancellationToken cancellationToken)
        => request.Keywords is { Count: 0 } ? null : await listeners.OpenAsync(context, request.Keywords, cancellationToken).ConfigureAwait(false);

    private ConversationOptions OptionsOf(ConverseRequest request)
    {
        var standard = new ConversationOptions();
        return new ConversationOptions
        {
            Listen = request.ListenMs is { } listen ? TimeSpan.FromMilliseconds(listen) : standard.Listen,
            FollowUp = request.FollowUp ?? standard.FollowUp,
            BargeIn = request.BargeIn ?? standard.BargeIn,
            LongestSentence = options.MaxSentenceCharacters,
            LongestAnswer = options.MaxCharacters,
        };
    }
}
