using EdgeHost.Capabilities.Speech;
using EdgeHost.Plugins.Speech.Audio;
using EdgeHost.Plugins.Speech.Tests.Synthesis;
using EdgeHost.PluginSdk.Testing;
using EdgeHost.Serialization;
using EdgeHost.TestKit.Onnx;

namespace EdgeHost.Plugins.Speech.Tests.Conversation;

/// <summary>The real models and the real program.</summary>
[Collection(nameof(SpeechModels))]
public sealed class ConverseTests(SpeechModels models)
{
    private const string EverythingHeard = "Speech:keyword-,oww-,silero-,moonshine-";
    private const string LongAnswer = "Yes, it is. The sun has been out since the morning, and it will stay that way until the evening. Tomorrow will be cloudy, with some rain in the afternoon. After that it gets colder.";

    [EngineModelsFact(SpeechPrograms.Espeak)]
    public async Task TwoTurns_WithAnAnswerThatIsStoppedBySpeech()
    {
        var raw = Raw("two-sentences.flac");
        const int Pause = 4500 * 32;
        await using var host = await PluginTestHost.StartAsync(new SpeechPlugin(), new PluginTestOptions { Models = models.Provider });
        var answer = await host.CallAsync(
            SpeechMethods.Converse,
            WireMessageSerializer.ToArray(new ConverseRequest { Keywords = [] }),
            new PluginTestCall { Pushes = Pushes([.. Sound(raw[..Pause]), new ConversePush { Say = LongAnswer, Turn = 0 }, new ConversePush { EndAnswer = true }, .. Sound(raw[Pause..]), new ConversePush { Say = "I will." }]) });
        var events = answer.ReadItems<ConversationEvent>();
        var said = events.Where(e => e.Kind == ConversationEventKind.Said).ToList();
        Assert.Equal(["The weather is nice today.", "Please remind me to call my mother."], said.Select(e => e.Text));
        Assert.Equal([0, 1], said.Select(e => e.Turn));
        Assert.Equal(
            [ConversationEventKind.Waiting, ConversationEventKind.Said, ConversationEventKind.Interrupted, ConversationEventKind.Listening, ConversationEventKind.Said],
            events.Select(e => e.Kind).Where(kind => kind is not (ConversationEventKind.Partial or ConversationEventKind.Speech or ConversationEventKind.Spoken)));
        Assert.InRange(events.First(e => e.Kind == ConversationEventKind.Interrupted).TimeMs, 5_147, 6_200);
        var last = events.Last(e => e.Kind == ConversationEventKind.Speech && e.Text is not null);
        Assert.Equal(("I will.", 1, 22_050), (last.Text, last.Turn, last.SampleRateHz));
        Assert.Equal(ConversationEventKind.Spoken, events[^1].Kind);
        var end = answer.Read<ConverseResponse>();
        Assert.Equal((2, 8865), (end.Turns, end.DurationMs));
        Assert.Contains("moonshine-tiny-en@1.0.0", end.Models);
    }

    [EngineModelsFact(SpeechPrograms.Espeak, Models = EverythingHeard)]
    public async Task Keyword_OpensATurn()
    {
        using var all = await RealModels.OpenAsync(EverythingHeard);
        var raw = Raw("Keywords/hey-jarvis.flac").Concat(Raw("two-sentences.flac").Take(4500 * 32)).ToArray();
        await using var host = await PluginTestHost.StartAsync(new SpeechPlugin(), new PluginTestOptions { Models = all.Provider });
        var answer = await host.CallAsync(
            SpeechMethods.Converse,
            WireMessageSerializer.ToArray(new ConverseRequest { Keywords = ["hey-jarvis"] }),
            new PluginTestCall { Pushes = Pushes([.. Sound(raw), new ConversePush { Say = "Hello.", EndAnswer = true, Turn = 0 }]) });
        var events = answer.ReadItems<ConversationEvent>().Where(e => e.Kind != ConversationEventKind.Partial && (e.Kind != ConversationEventKind.Speech || e.Text is not null)).ToList();
        Assert.Equal(
            [ConversationEventKind.Waiting, ConversationEventKind.Keyword, ConversationEventKind.Listening, ConversationEventKind.Said, ConversationEventKind.Speech, ConversationEventKind.Spoken],
            events.Select(e => e.Kind));
        Assert.Equal("hey-jarvis", events[1].Keyword);
        Assert.Equal("The weather is nice today.", events[3].Text);
    }

    [RealModelsFact(SpeechModels.Plugin)]
    public async Task UnknownVoice_IsSaidAtTheStart()
    {
        await using var host = await PluginTestHost.StartAsync(new SpeechPlugin(), new PluginTestOptions { Models = models.Provider });
        var error = await Assert.ThrowsAsync<EdgeHostException>(() => host.CallAsync(
            SpeechMethods.Converse, WireMessageSerializer.ToArray(new ConverseRequest { Keywords = [], Voice = "nobody" }), new PluginTestCall { Pushes = Pushes([]) }));
        Assert.Equal(ErrorCode.NotFound, error.Code);
    }

    private static byte[] Raw(string media) => TestSounds.S16(TestSounds.ReadAll(AudioReader.Open(TestSounds.Media(media), format: null, sampleRate: null, channels: null)));

    private static IEnumerable<ConversePush> Sound(byte[] raw) => raw.Chunk(3200).Select(chunk => new ConversePush { Audio = chunk });

    private static async IAsyncEnumerable<ReadOnlyMemory<byte>> Pushes(IEnumerable<ConversePush> pushes)
    {
        foreach (var push in pushes)
        {
            await Task.Yield();
            yield return WireMessageSerializer.ToArray(push);
        }
    }
}
