using System.Text;
using EdgeHost.Capabilities.Speech;
using EdgeHost.Plugins.Speech.Audio;
using EdgeHost.Plugins.Speech.Synthesis.Piper;
using EdgeHost.PluginSdk.Testing;
using EdgeHost.TestKit.Onnx;

namespace EdgeHost.Plugins.Speech.Tests.Synthesis;

/// <summary>Voices of the family Piper, with a small graph of their names and shapes.</summary>
public sealed class PiperTests : IDisposable
{
    private const string Json = """
        {
          "audio": { "sample_rate": 16000 }, "espeak": { "voice": "en-us" },
          "inference": { "noise_scale": 0.5, "length_scale": 2, "noise_w": 0.8 }, "num_speakers": 2, "speaker_id_map": { "ann": 0, "bob": 1 },
          "phoneme_id_map": { "_": [0], "^": [1], "$": [2], " ": [3], ".": [4], ",": [5], "h": [10], "ə": [11], "l": [12], "ˈ": [13], "o": [14], "ʊ": [15], "long": [99] }
        }
        """;

    private readonly VoiceModelSource _source = new();
    private readonly DirectModelProvider _models;

    public PiperTests() => _models = new DirectModelProvider(_source);

    public void Dispose()
    {
        _models.Dispose();
        _source.Dispose();
    }

    [EngineFact(SpeechPrograms.Espeak)]
    public async Task Sentence_BecomesPhonemesAndSound()
    {
        _source.Add("piper-test", Json);
        var answer = await SayAsync(new SynthesizeRequest { Text = "Hello, hello.", Voice = "piper-test#bob", Rate = 2 });
        Assert.Equal(("piper-test#bob", "piper", 16_000), (answer.Voice, answer.Engine, answer.SampleRateHz));
        Assert.Equal(["piper-test@1.0.0"], answer.Models);

        // h ə l ˈ o ʊ, twice with a comma and a blank between: each followed by the pad, and the beginning as well.
        long[] hello = [10, 0, 11, 0, 12, 0, 13, 0, 14, 0, 15, 0];
        long[] ids = [1, 0, .. hello, 5, 0, 3, 0, .. hello, 4, 0, 2];
        Assert.Equal(VoiceModelSource.Expected(ids, lengthScale: 1, speaker: 1), Samples(answer.Audio), (a, b) => Math.Abs(a - b) < 1e-4);
    }

    [Fact]
    public async Task VoiceOfLetters_NeedsNoProgram()
    {
        _source.Add("letters", Json.Replace("\"espeak\": { \"voice\": \"en-us\" }", "\"phoneme_type\": \"text\"", StringComparison.Ordinal));
        var answer = await SayAsync(new SynthesizeRequest { Text = "HoL.", Voice = "letters" }, "espeak-missing");
        Assert.Equal(VoiceModelSource.Expected([1, 0, 10, 0, 14, 0, 12, 0, 4, 0, 2], lengthScale: 2, speaker: 0), Samples(answer.Audio), (a, b) => Math.Abs(a - b) < 1e-4);
    }

    [Fact]
    public async Task MissingProgram_IsAFailedPrecondition()
    {
        _source.Add("piper-test", Json);
        var error = await Assert.ThrowsAsync<EdgeHostException>(() => SayAsync(new SynthesizeRequest { Text = "Hello.", Voice = "piper-test" }, "espeak-missing"));
        Assert.Equal(ErrorCode.FailedPrecondition, error.Code);
        Assert.Contains("apt install espeak-ng", error.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("carol")]
    [InlineData("2")]
    [InlineData("-1")]
    public async Task UnknownSpeaker_IsNotFound(string speaker)
    {
        _source.Add("piper-test", Json);
        var error = await Assert.ThrowsAsync<EdgeHostException>(() => SayAsync(new SynthesizeRequest { Text = "Hello.", Voice = $"piper-test#{speaker}" }));
        Assert.Equal(ErrorCode.NotFound, error.Code);
        Assert.Contains("ann, bob", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Voices_AreListedBySpeakerWithLicenceAndCommand()
    {
        _source.Add("piper-test", Json);
        _source.Add("piper-german", Json, isInstalled: false);
        await using var host = await StartAsync();
        var voices = (await host.CallAsync<VoicesRequest, VoicesResponse>(SpeechMethods.Voices, new VoicesRequest())).Voices.Where(voice => voice.Engine == "piper").ToList();
        Assert.Equal(["piper-test#ann", "piper-test#bob", "piper-german#ann", "piper-german#bob"], voices.Select(voice => voice.Voice));
        Assert.Equal([true, true, false, false], voices.Select(voice => voice.IsAvailable));
        Assert.Equal("CC-BY-4.0", voices[0].Licence);
        Assert.Contains("edgehost models pull piper-german", voices[^1].Hint, StringComparison.Ordinal);
    }

    [Fact]
    public async Task InstalledVoice_IsPreferredForItsLanguage()
    {
        _source.Add("letters", Json.Replace("\"espeak\": { \"voice\": \"en-us\" }", "\"phoneme_type\": \"text\"", StringComparison.Ordinal));
        Assert.Equal("letters", (await SayAsync(new SynthesizeRequest { Text = "Hello." }, "espeak-missing")).Voice);
    }

    [Theory]
    [InlineData("{")]
    [InlineData("{}")]
    [InlineData("""{"audio":{"sample_rate":16000},"espeak":{"voice":"--path=/etc"},"phoneme_id_map":{"_":[0],"^":[1],"$":[2]}}""")]
    [InlineData("""{"audio":{"sample_rate":1},"espeak":{"voice":"en"},"phoneme_id_map":{"_":[0],"^":[1],"$":[2]}}""")]
    [InlineData("""{"audio":{"sample_rate":16000},"espeak":{"voice":"en"},"phoneme_id_map":{"_":[0],"^":[1]}}""")]
    [InlineData("""{"audio":{"sample_rate":16000},"espeak":{"voice":"en"},"phoneme_id_map":{"_":[0],"^":[1],"$":[-2]}}""")]
    [InlineData("""{"audio":{"sample_rate":16000},"espeak":{"voice":"en"},"inference":{"length_scale":1e30},"phoneme_id_map":{"_":[0],"^":[1],"$":[2]}}""")]
    [InlineData("""{"audio":{"sample_rate":16000},"espeak":{"voice":"en"},"num_speakers":2,"speaker_id_map":{"x":2},"phoneme_id_map":{"_":[0],"^":[1],"$":[2]}}""")]
    public void UnusableFile_IsAFailedPrecondition(string json)
    {
        var error = Assert.Throws<EdgeHostException>(() => PiperSettings.Read(Encoding.UTF8.GetBytes(json), "voice"));
        Assert.Equal(ErrorCode.FailedPrecondition, error.Code);
    }

    [Theory]
    [InlineData("One, two; three.", "One|,| two|;| three|.")]
    [InlineData("At 10:30 it is 3.5 degrees?", "At 10:30 it is 3.5 degrees|?")]
    [InlineData("你好，世界。", "你好|,|世界|.")]
    [InlineData("no mark", "no mark")]
    [InlineData("Really?!", "Really|?||!")]
    public void Clauses_AreCutAtMarks(string sentence, string expected)
        => Assert.Equal(expected, string.Join('|', Clause.Split(sentence).SelectMany(clause => clause.Mark == 0 ? [sentence.Substring(clause.Start, clause.Length)] : new[] { sentence.Substring(clause.Start, clause.Length), $"{clause.Mark}" })));

    [Fact]
    public void Phonemes_LoseNamesOfLanguagesAndJoiners()
        => Assert.Equal("həlˈoʊ tʃˈaɪniːz ɔk", Phonemiser.Tidy(" həlˈoʊ\n (en)t\u0361ʃˈaɪniːz(zh-cmn)  ɔ_k\n".Replace("_", string.Empty, StringComparison.Ordinal)));

    private static float[] Samples(ReadOnlyMemory<byte> wav) => TestSounds.ReadAll(AudioReader.Open(wav, format: null, sampleRate: null, channels: null));

    private Task<PluginTestHost> StartAsync(string espeak = "espeak-ng")
        => PluginTestHost.StartAsync(new SpeechPlugin(), new PluginTestOptions { Models = _models, Settings = new Dictionary<string, string> { ["synthesis:espeak_program"] = espeak } });

    private async Task<SynthesizeResponse> SayAsync(SynthesizeRequest request, string espeak = "espeak-ng")
    {
        await using var host = await StartAsync(espeak);
        return await host.CallAsync<SynthesizeRequest, SynthesizeResponse>(SpeechMethods.Synthesize, request);
    }
}
