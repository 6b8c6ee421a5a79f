using EdgeHost.Capabilities.Speech;
using EdgeHost.PluginSdk.Testing;
using EdgeHost.TestKit.Onnx;

namespace EdgeHost.Plugins.Speech.Tests.Activity;

/// <summary>The real model.</summary>
[Collection(nameof(SpeechModels))]
public sealed class DetectSpeechTests(SpeechModels models)
{
    [RealModelsFact(SpeechModels.Plugin)]
    public async Task SentencesAreFoundWhereTheyAre()
    {
        var answer = await DetectAsync(TestSounds.Media("two-sentences.flac"));
        Assert.Equal(TestSounds.TwoSentences.Length, answer.Segments.Count);
        foreach (var (found, expected) in answer.Segments.Zip(TestSounds.TwoSentences))
        {
            Assert.InRange(found.StartMs, expected.Start - 250, expected.Start + 150);
            Assert.InRange(found.EndMs, expected.End - 250, expected.End + 350);
        }

        Assert.Equal(8865, answer.DurationMs, 20.0);
        Assert.Equal(["silero-vad@5.0.0"], answer.Models);
    }

    [RealModelsTheory(SpeechModels.Plugin)]
    [InlineData(0f, 0f)]
    [InlineData(0f, 0.5f)]
    [InlineData(0.05f, 0f)]
    [InlineData(0.3f, 0f)]
    public async Task SilenceOffsetsAndNoiseAreNoSpeech(float noise, float offset)
    {
        var random = new Random(5);
        float[] samples = [.. Enumerable.Range(0, 48_000).Select(_ => offset + (noise * ((random.NextSingle() * 2) - 1)))];
        Assert.Empty((await DetectAsync(TestSounds.Wav(TestSounds.S16(samples), 1, 16, 16_000, 1))).Segments);
    }

    [RealModelsTheory(SpeechModels.Plugin)]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(160)]
    public async Task TinySoundsAreNoSpeech(int samples)
        => Assert.Empty((await DetectAsync(TestSounds.Wav(new byte[samples * 2], 1, 16, 16_000, 1))).Segments);

    private async Task<DetectSpeechResponse> DetectAsync(byte[] audio)
    {
        await using var host = await PluginTestHost.StartAsync(new SpeechPlugin(), new PluginTestOptions { Models = models.Provider });
        return await host.CallAsync<DetectSpeechRequest, DetectSpeechResponse>(SpeechMethods.DetectSpeech, new DetectSpeechRequest { Audio = audio });
    }
}
