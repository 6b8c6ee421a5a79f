using System.Diagnostics;
using EdgeHost.Capabilities.Speech;
using EdgeHost.PluginSdk.Testing;
using EdgeHost.TestKit.Onnx;
using Xunit.Abstractions;

namespace EdgeHost.Plugins.Speech.Tests.Keywords;

/// <summary>The real models, and a phrase spoken by flite and eSpeak NG.</summary>
[Collection(nameof(KeywordTestModels))]
public sealed class TeachKeywordTests(KeywordTestModels models, ITestOutputHelper output)
{
    private const string Phrase = "garden-gate";
    private static readonly PluginTestCall Other = new() { App = new AppIdentity("another-app", 1000, 2) };

    [RealModelsFact(KeywordTestModels.Set)]
    public async Task PhraseIsLearntFromFiveRecordings()
    {
        await using var host = await StartAsync();
        var started = Stopwatch.GetTimestamp();
        var learnt = await TeachAsync(host, [1, 2, 3, 4, 5]);
        output.WriteLine($"{Stopwatch.GetElapsedTime(started).TotalSeconds:0.0} s: threshold {learnt.Threshold}, {learnt.FalseAlarmsPerHour} an hour in {learnt.NegativeHours} h, hits {learnt.HitShare}");
        Assert.Equal((Phrase, "1.0.0-local.1", 5), (learnt.Keyword, learnt.Version, learnt.Recordings));
        Assert.InRange(learnt.FalseAlarmsPerHour, 0, 0.5);
        Assert.InRange(learnt.NegativeHours, 0.5, 2);

        var info = Assert.Single((await ListAsync(host, call: null)).Keywords, keyword => keyword.IsPersonal);
        Assert.Equal((Phrase, true, learnt.Threshold), (info.Keyword, info.IsInstalled, info.Threshold));
        Assert.DoesNotContain((await ListAsync(host, Other)).Keywords, keyword => keyword.IsPersonal);
        Assert.Equal(ErrorCode.NotFound, (await Assert.ThrowsAsync<EdgeHostException>(() => SpotAsync(host, "said-1", Other))).Code);

        var heard = 0;
        for (var i = 1; i <= 10; i++)
        {
            var answer = await SpotAsync(host, $"said-{i}");
            output.WriteLine($"said-{i}: {answer.Peaks[0].Score} at {answer.Peaks[0].TimeMs} of {answer.DurationMs}");
            if (answer.Detections.Count == 1) heard++;
        }

        foreach (var sound in (string[])["near-1", "near-2", "near-3", "../two-sentences", "hey-jarvis"])
        {
            var answer = await SpotAsync(host, sound);
            output.WriteLine($"{sound}: {answer.Peaks[0].Score}");
            Assert.Empty(answer.Detections);
        }

        Assert.InRange(heard, 9, 10);
        Assert.True((await host.CallAsync<ForgetKeywordRequest, ForgetKeywordResponse>(SpeechMethods.ForgetKeyword, new ForgetKeywordRequest { Keyword = Phrase })).WasKnown);
        Assert.Equal(ErrorCode.NotFound, (await Assert.ThrowsAsync<EdgeHostException>(() => SpotAsync(host, "said-1"))).Code);
    }

    [RealModelsFact(KeywordTestModels.Set)]
    public async Task PhraseIsSaidByTheVoicesOfTheDeviceToo()
    {
        await using var host = await StartAsync();
        var voices = (await host.CallAsync<VoicesRequest, VoicesResponse>(SpeechMethods.Voices, new VoicesRequest { Language = "en" })).Voices.Count(static voice => voice.IsAvailable);
        var request = new TeachKeywordRequest
        {
            Keyword = Phrase,
            Recordings = [.. Enumerable.Range(1, 3).Select(static number => (ReadOnlyMemory<byte>)TestSounds.Media($"Keywords/teach-{number}.flac"))],
            Phrase = "open the garden gate",
        };
        var learnt = await host.CallAsync<TeachKeywordRequest, TeachKeywordResponse>(SpeechMethods.TeachKeyword, request);
        output.WriteLine($"{learnt.Recordings} recordings with {voices} voices: threshold {learnt.Threshold}, hits {learnt.HitShare}, {learnt.FalseAlarmsPerHour} an hour");
        Assert.InRange(learnt.Recordings, 3 + Math.Min(voices, 2), 9);
        var heard = 0;
        for (var i = 1; i <= 10; i++) heard += (await SpotAsync(host, $"said-{i}")).Detections.Count;
        output.WriteLine($"{heard} of 10");
        if (voices > 0) Assert.InRange(heard, 8, 10);

        foreach (var phrase in (string[])["", " ", new string('a', 101)])
        {
            var bad = new TeachKeywordRequest { Keyword = Phrase, Recordings = request.Recordings, Phrase = phrase };
            Assert.Equal(ErrorCode.InvalidArgument, (await Assert.ThrowsAsync<EdgeHostException>(() => host.CallAsync<TeachKeywordRequest, TeachKeywordResponse>(SpeechMethods.TeachKeyword, bad))).Code);
        }
    }

    [RealModelsFact(KeywordTestModels.Set)]
    public async Task WhatRhymesIsNotHeardOnceItWasRefused()
    {
        await using var host = await StartAsync();
        var request = new TeachKeywordRequest
        {
            Keyword = Phrase,
            Recordings = [.. Enumerable.Range(1, 5).Select(static number => (ReadOnlyMemory<byte>)TestSounds.Media($"Keywords/teach-{number}.flac"))],
            Negatives = [.. ((string[])["rhyme-awb", "rhyme-rms", "rhyme-slt"]).Select(static name => (ReadOnlyMemory<byte>)TestSounds.Media($"Keywords/{name}.flac"))],
        };
        var learnt = await host.CallAsync<TeachKeywordRequest, TeachKeywordResponse>(SpeechMethods.TeachKeyword, request);
        var (rhyme, said) = (await SpotAsync(host, "rhyme-awb"), await SpotAsync(host, "said-4"));
        output.WriteLine($"threshold {learnt.Threshold}, hits {learnt.HitShare}: {rhyme.Peaks[0].Score}, {said.Peaks[0].Score}");
        Assert.Empty(rhyme.Detections);
        Assert.Single(said.Detections);
    }

    [RealModelsFact(KeywordTestModels.Set)]
    public async Task WhatIsWrongWithARecordingIsSaid()
    {
        await using var host = await StartAsync();
        var (good, noise) = (TestSounds.Media("Keywords/teach-1.flac"), new Random(3));
        foreach (var (bad, words) in new[]
        {
            (Wav(new float[3000]), "Recording 2 is shorter than 0.3 s."),
            (Wav(new float[16_000]), "Recording 2 is silent"),
            (Wav(TestSounds.Sine(300, 16_000, 5.1)), "Recording 2 is longer than 5 s"),
            (Wav([.. Enumerable.Range(0, 16_000).Select(_ => 0.3f * (noise.NextSingle() - 0.5f))]), "Recording 2 contains no speech"),
            ([1, 2, 3, 4], "Recording 2 cannot be read"),
        })
        {
            var error = await Assert.ThrowsAsync<EdgeHostException>(() => TeachAsync(host, Phrase, [good, bad, good]));
            Assert.Equal(ErrorCode.InvalidArgument, error.Code);
            Assert.StartsWith(words, error.Message, StringComparison.Ordinal);
        }

        foreach (var name in (string[])["", "Two words", "alexa", new string('a', 65)])
        {
            Assert.Equal(ErrorCode.InvalidArgument, (await Assert.ThrowsAsync<EdgeHostException>(() => TeachAsync(host, name, [good, good, good]))).Code);
        }

        Assert.Equal(ErrorCode.InvalidArgument, (await Assert.ThrowsAsync<EdgeHostException>(() => TeachAsync(host, Phrase, [good, good]))).Code);
    }

    [RealModelsFact(KeywordTestModels.Set)]
    public async Task HostThatDoesNotTrainSaysSo()
    {
        await using var host = await PluginTestHost.StartAsync(new SpeechPlugin(), new PluginTestOptions { Models = models.Provider });
        Assert.Equal(ErrorCode.Unimplemented, (await Assert.ThrowsAsync<EdgeHostException>(() => TeachAsync(host, [1, 2, 3]))).Code);
    }

    private static byte[] Wav(float[] samples) => TestSounds.Wav(TestSounds.S16(samples), 1, 16, 16_000, 1);

    private static Task<TeachKeywordResponse> TeachAsync(PluginTestHost host, int[] recordings)
        => TeachAsync(host, Phrase, [.. recordings.Select(number => TestSounds.Media($"Keywords/teach-{number}.flac"))]);

    private static Task<TeachKeywordResponse> TeachAsync(PluginTestHost host, string keyword, byte[][] recordings)
        => host.CallAsync<TeachKeywordRequest, TeachKeywordResponse>(
            SpeechMethods.TeachKeyword, new TeachKeywordRequest { Keyword = keyword, Recordings = [.. recordings.Select(bytes => (ReadOnlyMemory<byte>)bytes)] });

    private static Task<SpotKeywordResponse> SpotAsync(PluginTestHost host, string sound, PluginTestCall? call = null)
        => host.CallAsync<SpotKeywordRequest, SpotKeywordResponse>(
            SpeechMethods.SpotKeyword, new SpotKeywordRequest { Audio = TestSounds.Media($"Keywords/{sound}.flac"), Keywords = [Phrase] }, call);

    private static Task<KeywordsResponse> ListAsync(PluginTestHost host, PluginTestCall? call)
        => host.CallAsync<KeywordsRequest, KeywordsResponse>(SpeechMethods.Keywords, new KeywordsRequest(), call);

    private Task<PluginTestHost> StartAsync() => PluginTestHost.StartAsync(new SpeechPlugin(), new PluginTestOptions { Models = models.Provider, Trainer = new DirectTrainer() });
}
