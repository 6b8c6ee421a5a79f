using EdgeHost.Capabilities.Speech;
using EdgeHost.PluginSdk.Testing;
using EdgeHost.Serialization;
using EdgeHost.TestKit;
using EdgeHost.TestKit.Onnx;

namespace EdgeHost.Plugins.Speech.Tests.Transcription;

/// <summary>The real models.</summary>
[Collection(nameof(SpeechModels))]
public sealed class TranscribeTests(SpeechModels models)
{
    private static readonly string[] Sentences = ["The weather is nice today.", "Please remind me to call my mother."];

    [RealModelsFact(SpeechModels.Plugin)]
    public async Task SentencesAreWrittenDownWithTheirTimes()
    {
        await using var host = await StartAsync();
        var answer = await host.CallAsync<TranscribeRequest, TranscribeResponse>(SpeechMethods.Transcribe, new TranscribeRequest { Audio = TestSounds.Media("two-sentences.flac") });
        AssertSentences([.. answer.Segments.Select(segment => segment.Text)]);
        Assert.Equal(string.Join(' ', answer.Segments.Select(segment => segment.Text)), answer.Text);
        Assert.InRange(answer.Segments[1].StartMs, 4700, 5200);
        Assert.Equal("en", answer.Language);
        Assert.Equal(["silero-vad@5.0.0", "moonshine-tiny-en@1.0.0", "moonshine-tiny-en-decoder@1.0.0"], answer.Models);
    }

    [RealModelsTheory(SpeechModels.Plugin)]
    [InlineData(0)]
    [InlineData(160)]
    [InlineData(32_000)]
    public async Task SilenceHasNoText(int samples)
    {
        await using var host = await StartAsync();
        var answer = await host.CallAsync<TranscribeRequest, TranscribeResponse>(
            SpeechMethods.Transcribe, new TranscribeRequest { Audio = TestSounds.Wav(new byte[2 * samples], 1, 16, 16_000, 1) });
        Assert.Equal((string.Empty, 0), (answer.Text, answer.Segments.Count));
    }

    [RealModelsFact(SpeechModels.Plugin)]
    public async Task StreamGivesTheSameTextAndUnfinishedTextBefore()
    {
        var raw = TestSounds.S16(TestSounds.ReadAll(EdgeHost.Plugins.Speech.Audio.AudioReader.Open(TestSounds.Media("two-sentences.flac"), format: null, sampleRate: null, channels: null)));
        await using var host = await StartAsync();
        var answer = await host.CallAsync(
            SpeechMethods.TranscribeStream,
            WireMessageSerializer.ToArray(new TranscribeStreamRequest()),
            new PluginTestCall { Pushes = Chunks(raw, 3200) });
        var items = answer.Items.Select(item => WireMessageSerializer.Deserialize<TranscriptItem>(item)).ToList();
        AssertSentences([.. items.Where(item => item.IsFinal).Select(item => item.Text)]);
        foreach (var segment in items.GroupBy(item => item.Segment))
        {
            Assert.True(segment.Last().IsFinal);
            var text = string.Empty;
            foreach (var item in segment)
            {
                Assert.Equal(!item.Text.StartsWith(text, StringComparison.Ordinal), item.IsRevised);
                text = item.Text;
            }
        }

        var end = WireMessageSerializer.Deserialize<TranscribeStreamResponse>(answer.Response);
        Assert.Equal((2, 8865), (end.Segments, end.DurationMs));
    }

    // Weights of 8 bits are rounded differently on other processors: a word may be another one there.
    private static void AssertSentences(string[] heard)
    {
        Assert.Equal(Sentences.Length, heard.Length);
        Assert.All(Sentences.Zip(heard), pair => Assert.InRange(WordErrors.Count(pair.First, pair.Second).Errors, 0, 1));
    }

    private static async IAsyncEnumerable<ReadOnlyMemory<byte>> Chunks(byte[] raw, int size)
    {
        for (var at = 0; at < raw.Length; at += size)
        {
            // As it would come from a microphone, though faster: others get a turn.
            await Task.Delay(10);
            yield return WireMessageSerializer.ToArray(new AudioChunk { Audio = raw.AsMemory(at, Math.Min(size, raw.Length - at)) });
        }
    }

    private Task<PluginTestHost> StartAsync() => PluginTestHost.StartAsync(new SpeechPlugin(), new PluginTestOptions { Models = models.Provider });
}
