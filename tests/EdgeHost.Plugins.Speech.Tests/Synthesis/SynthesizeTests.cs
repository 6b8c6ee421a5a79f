using EdgeHost.Capabilities.Speech;
using EdgeHost.Plugins.Speech.Audio;
using EdgeHost.PluginSdk.Testing;
using EdgeHost.Serialization;

namespace EdgeHost.Plugins.Speech.Tests.Synthesis;

/// <summary>The real programs.</summary>
[Collection(nameof(SpeechModels))]
public sealed class SynthesizeTests(SpeechModels models)
{
    private const string Text = "The weather is nice today. Please remind me to call my mother!";

    [EngineTheory(SpeechPrograms.Espeak, SpeechPrograms.Flite)]
    [InlineData("espeak-ng:en-us", "espeak-ng", 22_050)]
    [InlineData("flite:slt", "flite", 16_000)]
    [InlineData("flite:kal", "flite", 8_000)]
    public async Task Text_BecomesAWavFile(string voice, string engine, int sampleRate)
    {
        await using var host = await PluginTestHost.StartAsync(new SpeechPlugin());
        var answer = await SayAsync(host, new SynthesizeRequest { Text = Text, Voice = voice });
        Assert.Equal((voice, engine, sampleRate), (answer.Voice, answer.Engine, answer.SampleRateHz));
        Assert.InRange(answer.DurationMs, 2_500, 7_000);
        var sound = WavFile.Open(answer.Audio);
        Assert.Equal(sampleRate, sound.SampleRate);
        var samples = TestSounds.ReadAll(sound);
        Assert.Equal(answer.DurationMs, samples.Length * 1000L / sampleRate);
        Assert.InRange(samples.Max(), 0.1f, 1f);
    }

    [EngineTheory(SpeechPrograms.Espeak, SpeechPrograms.Flite)]
    [InlineData("espeak-ng:en-us")]
    [InlineData("flite:slt")]
    public async Task Stream_GivesTheSameSentenceBySentence(string voice)
    {
        await using var host = await PluginTestHost.StartAsync(new SpeechPlugin());
        var whole = await SayAsync(host, new SynthesizeRequest { Text = Text, Voice = voice, SampleRateHz = 24_000 });
        var answer = await host.CallAsync(SpeechMethods.SynthesizeStream, WireMessageSerializer.ToArray(new SynthesizeStreamRequest { Text = Text, Voice = voice, SampleRateHz = 24_000 }));
        var chunks = answer.ReadItems<SpeechChunk>();
        Assert.Equal(whole.Audio[44..].ToArray(), chunks.SelectMany(chunk => chunk.Audio.ToArray()));
        Assert.All(chunks, chunk => Assert.InRange(chunk.Audio.Length, 2, 9600));
        Assert.Equal(
            ["The weather is nice today.", "Please remind me to call my mother!"],
            chunks.DistinctBy(chunk => chunk.Sentence).Select(chunk => Text.Substring(chunk.TextStart, chunk.TextLength)));
        var end = answer.Read<SynthesizeStreamResponse>();
        Assert.Equal((whole.DurationMs, 24_000, voice), (end.DurationMs, end.SampleRateHz, end.Voice));
    }

    [EngineTheory(SpeechPrograms.Espeak, SpeechPrograms.Flite)]
    [InlineData("espeak-ng:en-us")]
    [InlineData("flite:slt")]
    public async Task Rate_AndPitch_AreHeard(string voice)
    {
        await using var host = await PluginTestHost.StartAsync(new SpeechPlugin());
        var plain = await SayAsync(host, new SynthesizeRequest { Text = Text, Voice = voice });
        var fast = await SayAsync(host, new SynthesizeRequest { Text = Text, Voice = voice, Rate = 2 });
        var slow = await SayAsync(host, new SynthesizeRequest { Text = Text, Voice = voice, Rate = 0.5 });
        Assert.InRange((double)plain.DurationMs / fast.DurationMs, 1.5, 2.5);
        Assert.InRange((double)slow.DurationMs / plain.DurationMs, 1.5, 2.5);
        var high = await SayAsync(host, new SynthesizeRequest { Text = Text, Voice = voice, Pitch = 1.5 });
        Assert.InRange(Pitches.MedianOf(high.Audio) / Pitches.MedianOf(plain.Audio), 1.3, 1.7);
    }

    [EngineTheory(SpeechPrograms.Espeak)]
    [InlineData("😀")]
    [InlineData("a")]
    [InlineData("Hello мир 你好 שלום 😀\0\u0007 <break time=\"9s\"/> [[x]] --version -v nobody")]
    [InlineData("\ud800 half")]
    [InlineData("$(touch /tmp/x); `ls` | cat && \"quoted\" 'text' \\ %s %n")]
    public async Task OddText_IsSpoken(string text)
    {
        await using var host = await PluginTestHost.StartAsync(new SpeechPlugin());
        Assert.InRange((await SayAsync(host, new SynthesizeRequest { Text = text })).DurationMs, 100, 30_000);
    }

    [EngineTheory(SpeechPrograms.Espeak, SpeechPrograms.Flite)]
    [InlineData("espeak-ng:en-us", "?! ...")]
    [InlineData("flite:slt", "你好。")]
    public async Task TextWithNothingToSay_IsAnEmptySound(string voice, string text)
    {
        await using var host = await PluginTestHost.StartAsync(new SpeechPlugin());
        var answer = await SayAsync(host, new SynthesizeRequest { Text = text, Voice = voice });
        Assert.Equal((44, 0), (answer.Audio.Length, answer.DurationMs));
    }

    [Theory]
    [InlineData("")]
    [InlineData(" \n\t")]
    public async Task EmptyText_IsInvalid(string text) => await FailsAsync(ErrorCode.InvalidArgument, new SynthesizeRequest { Text = text });

    [Fact]
    public async Task MegabyteOfText_IsInvalidAndNamesTheSetting()
        => Assert.Contains("synthesis:max_characters", await FailsAsync(ErrorCode.InvalidArgument, new SynthesizeRequest { Text = new string('a', 1 << 20) }), StringComparison.Ordinal);

    [Fact]
    public async Task MissingProgram_IsAFailedPreconditionThatNamesThePackage()
    {
        var settings = new Dictionary<string, string> { ["synthesis:espeak_program"] = "espeak-missing", ["synthesis:flite_program"] = "/nowhere/flite" };
        Assert.Contains("apt install espeak-ng", await FailsAsync(ErrorCode.FailedPrecondition, new SynthesizeRequest { Text = "Hello." }, settings), StringComparison.Ordinal);
        Assert.Contains("apt install flite", await FailsAsync(ErrorCode.FailedPrecondition, new SynthesizeRequest { Text = "Hello.", Voice = "flite:slt" }, settings), StringComparison.Ordinal);
        await using var host = await PluginTestHost.StartAsync(new SpeechPlugin(), new PluginTestOptions { Settings = settings });
        var voices = (await host.CallAsync<VoicesRequest, VoicesResponse>(SpeechMethods.Voices, new VoicesRequest())).Voices;
        Assert.Equal(2, voices.Count);
        Assert.All(voices, voice => Assert.True(!voice.IsAvailable && voice.Hint!.Contains("apt install", StringComparison.Ordinal)));
    }

    [Theory]
    [InlineData("synthesis:max_calls", "0")]
    [InlineData("synthesis:warm_seconds", "soon")]
    public async Task WrongSetting_IsSaidAtTheStart(string key, string value)
    {
        var error = await Assert.ThrowsAsync<EdgeHostException>(() => PluginTestHost.StartAsync(new SpeechPlugin(), new PluginTestOptions { Settings = new Dictionary<string, string> { [key] = value } }));
        Assert.Contains($"'{key}'", error.Message, StringComparison.Ordinal);
    }

    [EngineFact(SpeechPrograms.Espeak)]
    public async Task SoundBeyondTheLimit_IsRefusedAndPointsToTheStream()
    {
        var settings = new Dictionary<string, string> { ["synthesis:max_seconds"] = "2" };
        Assert.Contains(SpeechMethods.SynthesizeStream, await FailsAsync(ErrorCode.ResourceExhausted, new SynthesizeRequest { Text = Text }, settings), StringComparison.Ordinal);
    }

    [EngineFact(SpeechPrograms.Espeak)]
    public async Task CallsBeyondTheLimit_AreRefused()
    {
        await using var host = await PluginTestHost.StartAsync(new SpeechPlugin(), new PluginTestOptions { Settings = new Dictionary<string, string> { ["synthesis:max_calls"] = "1" } });
        var text = string.Join(' ', Enumerable.Repeat("This is a sentence.", 100));
        var calls = await Task.WhenAll(Enumerable.Range(0, 6).Select(async _ =>
        {
            try
            {
                await SayAsync(host, new SynthesizeRequest { Text = text });
                return default(EdgeHostException);
            }
            catch (EdgeHostException e)
            {
                return e;
            }
        }));
        Assert.Contains(calls, error => error is null);
        Assert.All(calls.Where(error => error is not null), error => Assert.Equal((ErrorCode.ResourceExhausted, TimeSpan.FromSeconds(1)), (error!.Code, error.RetryAfter)));
        await SayAsync(host, new SynthesizeRequest { Text = "Afterwards there is room." });
    }

    [EngineFact(SpeechPrograms.Espeak, SpeechPrograms.Flite)]
    public async Task Voices_AreListed()
    {
        await using var host = await PluginTestHost.StartAsync(new SpeechPlugin());
        var all = (await host.CallAsync<VoicesRequest, VoicesResponse>(SpeechMethods.Voices, new VoicesRequest())).Voices;
        Assert.Contains(all, voice => voice is { Voice: "espeak-ng:de", IsAvailable: true, Licence: "GPL-3.0-or-later" });
        Assert.Contains(all, voice => voice.Voice == "flite:slt" && voice.Languages[0] == "en-US");
        Assert.Equal(all.Count, all.Select(voice => voice.Voice).Distinct(StringComparer.Ordinal).Count());
        var german = (await host.CallAsync<VoicesRequest, VoicesResponse>(SpeechMethods.Voices, new VoicesRequest { Language = "de" })).Voices;
        Assert.All(german, voice => Assert.Contains(voice.Languages, language => language.StartsWith("de", StringComparison.Ordinal)));
    }

    [EngineFact(SpeechPrograms.Espeak)]
    public async Task EveryVoice_Speaks()
    {
        await using var host = await PluginTestHost.StartAsync(new SpeechPlugin());
        var voices = (await host.CallAsync<VoicesRequest, VoicesResponse>(SpeechMethods.Voices, new VoicesRequest())).Voices;
        foreach (var voice in voices.Where(voice => voice.IsAvailable))
        {
            var answer = await SayAsync(host, new SynthesizeRequest { Text = "Hello 1 2 3.", Voice = voice.Voice });
            Assert.True(answer.DurationMs > 300, $"{voice.Voice}: {answer.DurationMs} ms");
        }
    }

    // The voice of eSpeak NG is made by rules: clear to those who know it, less so to a model of real people.
    [EngineModelsTheory(SpeechPrograms.Espeak, SpeechPrograms.Flite)]
    [InlineData("espeak-ng:en-us", 0.4)]
    [InlineData("flite:slt", 0.8)]
    public async Task SpokenSentences_AreUnderstood(string voice, double share)
    {
        await using var host = await PluginTestHost.StartAsync(new SpeechPlugin(), new PluginTestOptions { Models = models.Provider });
        var spoken = await SayAsync(host, new SynthesizeRequest { Text = Text, Voice = voice });
        var heard = await host.CallAsync<TranscribeRequest, TranscribeResponse>(SpeechMethods.Transcribe, new TranscribeRequest { Audio = spoken.Audio });
        var (words, wanted) = (Words(heard.Text), Words(Text));
        Assert.True(wanted.Count(words.Contains) >= share * wanted.Count, heard.Text);

        static HashSet<string> Words(string text) => [.. text.ToLowerInvariant().Split([' ', '.', ',', '!', '?'], StringSplitOptions.RemoveEmptyEntries)];
    }

    private static Task<SynthesizeResponse> SayAsync(PluginTestHost host, SynthesizeRequest request)
        => host.CallAsync<SynthesizeRequest, SynthesizeResponse>(SpeechMethods.Synthesize, request);

    private static async Task<string> FailsAsync(ErrorCode expected, SynthesizeRequest request, Dictionary<string, string>? settings = null)
    {
        await using var host = await PluginTestHost.StartAsync(new SpeechPlugin(), new PluginTestOptions { Settings = settings ?? [] });
        var error = await Assert.ThrowsAsync<EdgeHostException>(() => SayAsync(host, request));
        Assert.Equal(expected, error.Code);
        return error.Message;
    }
}
