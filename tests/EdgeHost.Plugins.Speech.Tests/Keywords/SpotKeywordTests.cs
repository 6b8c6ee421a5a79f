using EdgeHost.Capabilities.Speech;
using EdgeHost.Plugins.Speech.Audio;
using EdgeHost.Plugins.Speech.Keywords.Heads;
using EdgeHost.Plugins.Speech.Keywords.Hearing;
using EdgeHost.PluginSdk;
using EdgeHost.PluginSdk.Testing;
using EdgeHost.Serialization;
using EdgeHost.TestKit;
using EdgeHost.TestKit.Onnx;

namespace EdgeHost.Plugins.Speech.Tests.Keywords;

/// <summary>The real models.</summary>
[Collection(nameof(KeywordTestModels))]
public sealed class SpotKeywordTests(KeywordTestModels models)
{
    private const string Clips = "testdata/speech";

    [RealModelsFact(KeywordTestModels.Set)]
    public async Task KeywordIsHeardOnceWhereItEnds()
    {
        var answer = await SpotAsync(TestSounds.Media("Keywords/hey-jarvis.flac"));
        var detection = Assert.Single(answer.Detections);
        Assert.Equal("hey-jarvis", detection.Keyword);
        Assert.InRange(detection.TimeMs, 1000, answer.DurationMs);
        Assert.Equal(["alexa", "hey-jarvis", "hey-mycroft"], answer.Peaks.Select(peak => peak.Keyword));
        Assert.Equal(["oww-melspectrogram@0.1.0", "oww-embedding@0.1.0", "keyword-alexa@0.1.0", "keyword-hey-jarvis@0.1.0", "keyword-hey-mycroft@0.1.0"], answer.Models);
    }

    [RealModelsFact(KeywordTestModels.Set)]
    public async Task OrdinarySentencesAreNoKeyword()
    {
        var answer = await SpotAsync(TestSounds.Media("two-sentences.flac"));
        Assert.Empty(answer.Detections);
        Assert.All(answer.Peaks, peak => Assert.InRange(peak.Score, 0, 0.45));
    }

    [RealModelsTheory(KeywordTestModels.Set)]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(1279)]
    [InlineData(48_000)]
    public async Task SilenceIsNoKeyword(int samples)
        => Assert.Empty((await SpotAsync(TestSounds.Wav(new byte[2 * samples], 1, 16, 16_000, 1))).Detections);

    [RealModelsTheory(KeywordTestModels.Set, Clips)]
    [InlineData("oww_alexa_test.wav", "alexa")]
    [InlineData("oww_hey_mycroft_test.wav", "hey-mycroft")]
    [InlineData("oww_hey_jane.wav", null)]
    [InlineData("tts_hey_jarvis_espeak.wav", "hey-jarvis")]
    [InlineData("tts_hey_jarvis_flite_slt.wav", "hey-jarvis")]
    public async Task SharedClipsAreHeard(string clip, string? keyword)
    {
        var answer = await SpotAsync(await File.ReadAllBytesAsync(Path.Combine(Repository.FindShared(Clips)!, "wake", clip)));
        Assert.Equal(keyword is null ? [] : [keyword], answer.Detections.Select(detection => detection.Keyword).Distinct());
    }

    [RealModelsFact(KeywordTestModels.Set)]
    public async Task PiecesOfTheSoundChangeNothing()
    {
        var samples = Samples("Keywords/hey-jarvis.flac");
        var expected = await ScoresAsync(samples, [samples.Length]);
        foreach (var seed in new[] { 1, 2, 3 })
        {
            var random = new Random(seed);
            Assert.Equal(expected, await ScoresAsync(samples, [.. Enumerable.Range(0, samples.Length / 100).Select(_ => random.Next(0, 3000))]));
        }
    }

    [RealModelsFact(KeywordTestModels.Set)]
    public async Task HopsAreThoseOfTheWholeSound()
    {
        // The spectrogram of the whole sound at once has the same frames: 8 a hop, from 480 samples before it on. It cuts at 80 dB below the loudest of what it is given,
        // so that a hop alone shows quieter sounds than the whole does.
        const int hops = 12, bands = 32, hopFrames = 8;
        var samples = Samples("Keywords/hey-jarvis.flac").AsMemory(8000, hops * KeywordFeatures.HopSamples);
        using var lease = await models.Provider.LeaseAsync(KeywordFeatures.SpectrogramModel, CancellationToken.None);
        using var whole = await SpectrogramAsync(lease, samples);
        var all = whole[0].AsSpan<float>().ToArray();
        var quietest = all.Max() - 80;
        for (var hop = 1; hop < hops; hop++)
        {
            using var part = await SpectrogramAsync(lease, samples[((hop * KeywordFeatures.HopSamples) - 480)..((hop + 1) * KeywordFeatures.HopSamples)]);
            var frames = part[0].AsSpan<float>().ToArray();
            Assert.Equal(hopFrames * bands, frames.Length);
            var first = ((hop * KeywordFeatures.HopSamples) - 480) / 160 * bands;
            for (var i = 0; i < frames.Length; i++) Assert.Equal(all[first + i], Math.Max(quietest, frames[i]), 0.01);
        }
    }

    [RealModelsFact(KeywordTestModels.Set)]
    public async Task StreamTellsTheSame()
    {
        var raw = TestSounds.S16(Samples("Keywords/hey-jarvis.flac"));
        await using var host = await StartAsync();
        var answer = await host.CallAsync(
            SpeechMethods.SpotKeywordStream,
            WireMessageSerializer.ToArray(new SpotKeywordStreamRequest { Keywords = ["hey-jarvis"], RequireSpeech = false }),
            new PluginTestCall { Pushes = Chunks(raw, 3200) });
        var detection = WireMessageSerializer.Deserialize<KeywordDetection>(Assert.Single(answer.Items));
        var whole = Assert.Single((await SpotAsync(TestSounds.Media("Keywords/hey-jarvis.flac"))).Detections);
        Assert.Equal((whole.Keyword, whole.TimeMs), (detection.Keyword, detection.TimeMs));
        var end = WireMessageSerializer.Deserialize<SpotKeywordStreamResponse>(answer.Response);
        Assert.Equal((1, raw.Length / 32), (end.Detections, (int)end.DurationMs));
    }

    [RealModelsFact(KeywordTestModels.Set)]
    public async Task UnknownKeywordIsSaidToBeUnknown()
    {
        await using var host = await StartAsync();
        foreach (var (keywords, code) in new[] { ((string[])["hey-nobody"], ErrorCode.NotFound), ([], ErrorCode.InvalidArgument) })
        {
            var error = await Assert.ThrowsAsync<EdgeHostException>(() => host.CallAsync<SpotKeywordRequest, SpotKeywordResponse>(
                SpeechMethods.SpotKeyword, new SpotKeywordRequest { Audio = TestSounds.Media("Keywords/hey-jarvis.flac"), Keywords = keywords }));
            Assert.Equal(code, error.Code);
        }
    }

    [Fact]
    public async Task WithoutModelsTheCommandsAreSaid()
    {
        await using var host = await PluginTestHost.StartAsync(new SpeechPlugin(), new PluginTestOptions { Models = new NotPulled() });
        foreach (var (keywords, words) in new[] { ((string[]?)null, "speech.keywords"), (["alexa"], "edgehost models pull keyword-alexa") })
        {
            var error = await Assert.ThrowsAsync<EdgeHostException>(() => host.CallAsync<SpotKeywordRequest, SpotKeywordResponse>(
                SpeechMethods.SpotKeyword, new SpotKeywordRequest { Audio = TestSounds.Wav(new byte[64], 1, 16, 16_000, 1), Keywords = keywords }));
            Assert.Equal(ErrorCode.FailedPrecondition, error.Code);
            Assert.Contains(words, error.Message, StringComparison.Ordinal);
        }

        var listed = (await host.CallAsync<KeywordsRequest, KeywordsResponse>(SpeechMethods.Keywords, new KeywordsRequest())).Keywords;
        Assert.Equal(["alexa", "my-own"], listed.Select(info => info.Keyword));
        Assert.All(listed, info => Assert.False(info.IsInstalled));
        Assert.Equal("CC-BY-NC-SA-4.0", listed[0].Licence);
        Assert.Contains("--accept-license", listed[0].Hint, StringComparison.Ordinal);
    }

    private static float[] Samples(string name) => TestSounds.ReadAll(AudioReader.Open(TestSounds.Media(name), format: null, sampleRate: null, channels: null));

    private static async IAsyncEnumerable<ReadOnlyMemory<byte>> Chunks(byte[] raw, int size)
    {
        await Task.Yield();
        for (var at = 0; at < raw.Length; at += size) yield return WireMessageSerializer.ToArray(new AudioChunk { Audio = raw.AsMemory(at, Math.Min(size, raw.Length - at)) });
    }

    private static async Task<StepResult> SpectrogramAsync(IModelLease lease, ReadOnlyMemory<float> samples)
    {
        using var input = lease.CreateValue(ElementType.Float32, new TensorShape(1, samples.Length));
        for (var i = 0; i < samples.Length; i++) input.AsSpan<float>()[i] = samples.Span[i] * 32768;
        return await lease.RunAsync(new ModelStep { Inputs = [new NamedValue(lease.Model.Inputs[0].Name, input)] }, CancellationToken.None);
    }

    private async Task<List<(long End, float Score)>> ScoresAsync(float[] samples, int[] pieces)
    {
        var features = await KeywordFeatures.CreateAsync(models.Provider, CancellationToken.None);
        var head = new NotedHead(new ModelHead("hey-jarvis", await models.Provider.LeaseAsync("keyword-hey-jarvis", CancellationToken.None)));
        using var spotter = new KeywordSpotter(features, [head], gate: null, threshold: null);
        var (at, hits) = (0, new List<(long, float)>());
        foreach (var piece in pieces)
        {
            var count = Math.Min(piece, samples.Length - at);
            hits.AddRange((await spotter.HearAllAsync(samples.AsMemory(at, count), CancellationToken.None)).Select(hit => (hit.End, hit.Score)));
            at += count;
        }

        Assert.Equal(samples.Length, at);
        hits.AddRange((await spotter.FinishAsync(CancellationToken.None)).Select(hit => (hit.End, hit.Score)));
        Assert.Single(hits);
        return [.. hits, .. head.Scores.Select((score, hop) => ((long)hop, score))];
    }

    private async Task<SpotKeywordResponse> SpotAsync(byte[] audio)
    {
        await using var host = await StartAsync();
        return await host.CallAsync<SpotKeywordRequest, SpotKeywordResponse>(SpeechMethods.SpotKeyword, new SpotKeywordRequest { Audio = audio });
    }

    private Task<PluginTestHost> StartAsync() => PluginTestHost.StartAsync(new SpeechPlugin(), new PluginTestOptions { Models = models.Provider });
}
