using EdgeHost.Capabilities.Speech;
using EdgeHost.Plugins.Speech.Tests.Activity;
using EdgeHost.Plugins.Speech.Tests.Audio;
using EdgeHost.PluginSdk.Testing;
using EdgeHost.Serialization;
using EdgeHost.TestKit.Onnx;

namespace EdgeHost.Plugins.Speech.Tests.Transcription;

/// <summary>Three hours of sound, nearly all of it silence: the memory of a call is that of its longest stretch. The words are the real models'.</summary>
[Collection(nameof(SpeechModels))]
public sealed class LongSoundTests(SpeechModels models)
{
    private const int BytesPerSecond = 32_000;
    private const int Hours = 3;

    // As floats the three hours are 691 MB; other tests of this process have some of their own.
    private const long MostGrowth = 100L << 20;
    private static readonly int[] SaidAt = [600, 5_400, (Hours * 3600) - 10];

    [RealModelsFact(SpeechModels.Plugin)]
    public async Task StreamOfThreeHours()
    {
        var detector = new LoudnessDetector(models.Provider);
        await using var host = await StartAsync(detector);
        var answer = await host.CallAsync(SpeechMethods.TranscribeStream, WireMessageSerializer.ToArray(new TranscribeStreamRequest { Partials = false }), new PluginTestCall { Pushes = Pushes() });

        var finals = answer.Items.Select(static item => WireMessageSerializer.Deserialize<TranscriptItem>(item)).ToList();
        AssertSaid([.. finals.Select(static item => (item.StartMs, item.Text))]);
        Assert.Equal(Hours * 3_600_000L, WireMessageSerializer.Deserialize<TranscribeStreamResponse>(answer.Response).DurationMs);
        AssertBounded(detector);
    }

    [RealModelsFact(SpeechModels.Plugin)]
    public async Task FileOfThreeHours()
    {
        var (sentence, writer, at) = (Sentence(), new FlacWriter(), 0);
        foreach (var second in SaidAt)
        {
            writer.Silence((second - at) * BytesPerSecond / 2).Verbatim(sentence);
            at = second + (sentence.Length / BytesPerSecond);
        }

        var detector = new LoudnessDetector(models.Provider);
        await using var host = await StartAsync(detector);
        var request = new TranscribeRequest { Audio = writer.Silence(((Hours * 3600) - at) * BytesPerSecond / 2).ToArray(16_000) };
        Assert.InRange(request.Audio.Length, 1, 1 << 20);
        var answer = await host.CallAsync<TranscribeRequest, TranscribeResponse>(SpeechMethods.Transcribe, request);

        AssertSaid([.. answer.Segments.Select(static segment => (segment.StartMs, segment.Text))]);
        Assert.Equal(Hours * 3_600_000L, answer.DurationMs);
        AssertBounded(detector);
    }

    private static void AssertSaid((long StartMs, string Text)[] heard)
    {
        Assert.Equal(SaidAt.Length, heard.Length);
        foreach (var (segment, second) in heard.Zip(SaidAt))
        {
            // Weights of 8 bits are rounded differently on other processors.
            Assert.Contains("weather is nice", segment.Text, StringComparison.Ordinal);
            Assert.InRange(segment.StartMs, (second * 1000L) - 300, (second * 1000L) + 1000);
        }
    }

    private static void AssertBounded(LoudnessDetector detector)
    {
        Assert.InRange(detector.Windows, Hours * 3600 * 1000 / 32, (Hours * 3600 * 1000 / 32) + 1);
        Assert.InRange(detector.Bytes.Count, 5, 20);
        Assert.InRange(detector.Bytes.Max() - detector.Bytes[0], long.MinValue, MostGrowth);
    }

    // Whole seconds, so that what is said begins with one.
    private static byte[] Sentence()
    {
        var samples = TestSounds.Media("sentence.wav").AsSpan(44);
        var whole = new byte[(samples.Length + BytesPerSecond - 1) / BytesPerSecond * BytesPerSecond];
        samples.CopyTo(whole);
        return whole;
    }

    private static async IAsyncEnumerable<ReadOnlyMemory<byte>> Pushes()
    {
        await Task.Yield();
        var (sentence, silence) = (Sentence(), new byte[30 * BytesPerSecond]);
        ReadOnlyMemory<byte> said = Chunk(sentence), quiet = Chunk(silence);
        var at = 0;
        foreach (var second in SaidAt)
        {
            foreach (var piece in Quiet(second - at)) yield return piece;
            yield return said;
            at = second + (sentence.Length / BytesPerSecond);
        }

        foreach (var piece in Quiet((Hours * 3600) - at)) yield return piece;

        IEnumerable<ReadOnlyMemory<byte>> Quiet(int seconds)
        {
            for (; seconds >= 30; seconds -= 30) yield return quiet;
            if (seconds > 0) yield return Chunk(silence.AsMemory(0, seconds * BytesPerSecond));
        }
    }

    private static byte[] Chunk(ReadOnlyMemory<byte> audio) => WireMessageSerializer.ToArray(new AudioChunk { Audio = audio });

    private static Task<PluginTestHost> StartAsync(LoudnessDetector detector) => PluginTestHost.StartAsync(new SpeechPlugin(), new PluginTestOptions { Models = detector });
}
