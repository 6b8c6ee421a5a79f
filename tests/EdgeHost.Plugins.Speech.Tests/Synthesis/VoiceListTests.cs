using EdgeHost.Plugins.Speech.Synthesis.Engines;
using EdgeHost.PluginSdk;
using Microsoft.Extensions.Logging.Abstractions;

namespace EdgeHost.Plugins.Speech.Tests.Synthesis;

public class VoiceListTests
{
    private const string Printed = """
        Pty Language       Age/Gender VoiceName          File                 Other Languages
         5  cmn             --/M      Chinese_(Mandarin,_latin_as_English) sit/cmn              (zh-cmn 5)(zh 5)
         5  cmn-latn-pinyin --/M      Chinese_(Mandarin,_latin_as_Pinyin) sit/cmn-Latn-pinyin  (zh-cmn 5)(zh 5)
         5  de              --/M      German             gmw/de
         2  en-gb           --/M      English_(Great_Britain) gmw/en               (en 2)
         5  en-gb-scotland  --/M      English_(Scotland) gmw/en-GB-scotland   (en 4)
         2  en-us           --/M      English_(America)  gmw/en-US            (en 3)
         5  fr-be           --/M      French_(Belgium)   roa/fr-BE            (fr 8)
         5  fr-fr           --/M      French_(France)    roa/fr               (fr 5)
         5  yue             --/M      Chinese_(Cantonese) sit/yue              (zh-yue 5)(zh 8)
         5  yue             --/M      Chinese_(Cantonese,_latin_as_Jyutping) sit/yue-Latn-jyutping (zh-yue 5)(zh 8)
        nonsense
        """;

    [Fact]
    public void EspeakVoices_AreReadWithoutTheBrokenOne()
    {
        var voices = EspeakVoiceList.Read(Printed, "espeak-ng", 22_050);
        Assert.Equal(
            ["cmn-latn-pinyin", "de", "en-gb", "en-gb-scotland", "en-us", "fr-be", "fr-fr", "yue", "yue-latn-jyutping"],
            voices.Select(voice => voice.Id["espeak-ng:".Length..]));
        var british = voices.Single(voice => voice.Id == "espeak-ng:en-gb");
        Assert.Equal(("English (Great Britain)", "gmw/en", "GPL-3.0-or-later"), (british.Name, british.Key, british.Licence));
        Assert.Equal(["en-GB", "en"], british.Languages.Select(language => language.Tag));
    }

    [Fact]
    public void FliteVoices_AreReadWithoutTheOneThatSaysTheTime()
    {
        var voices = FliteEngine.Read("Voices available: kal awb_time kal16 awb rms slt \n");
        Assert.Equal(["flite:slt", "flite:rms", "flite:awb", "flite:kal16", "flite:kal"], voices.Select(voice => voice.Id));
        Assert.Equal([16_000, 8_000], new[] { voices[0].SampleRate, voices[^1].SampleRate });
    }

    [Theory]
    [InlineData(null, "espeak-ng:en-us")]
    [InlineData("en", "espeak-ng:en-us")]
    [InlineData("EN_gb", "espeak-ng:en-gb")]
    [InlineData("en-GB-scotland", "espeak-ng:en-gb-scotland")]
    [InlineData("en-AU", "espeak-ng:en-us")]
    [InlineData("fr", "espeak-ng:fr-fr")]
    [InlineData("fr-CA", "espeak-ng:fr-fr")]
    [InlineData("de-AT", "espeak-ng:de")]
    [InlineData("zh", "espeak-ng:cmn-latn-pinyin")]
    [InlineData("zh-Hans-CN", "espeak-ng:cmn-latn-pinyin")]
    [InlineData("cmn", "espeak-ng:cmn-latn-pinyin")]
    [InlineData("zh-HK", "espeak-ng:yue")]
    public async Task Voice_IsChosenByLanguage(string? language, string expected)
        => Assert.Equal(expected, (await Engines().ChooseAsync(id: null, language, new NoModels(), CancellationToken.None)).Voice.Id);

    [Theory]
    [InlineData(null, "ja", ErrorCode.FailedPrecondition)]
    [InlineData(null, "", ErrorCode.InvalidArgument)]
    [InlineData(null, "a b", ErrorCode.InvalidArgument)]
    [InlineData("espeak-ng:nobody", null, ErrorCode.NotFound)]
    [InlineData("missing:one", null, ErrorCode.FailedPrecondition)]
    public async Task Voice_ThatIsNotThere_IsAClearError(string? id, string? language, ErrorCode expected)
    {
        var error = await Assert.ThrowsAsync<EdgeHostException>(async () => await Engines().ChooseAsync(id, language, new NoModels(), CancellationToken.None));
        Assert.Equal(expected, error.Code);
    }

    [Fact]
    public async Task Voices_ThatCanSpeakComeFirst()
    {
        var voices = await Engines().ListAsync("en", new NoModels(), CancellationToken.None);
        Assert.Equal("missing:one", voices[^1].Id);
        Assert.Equal(4, voices.Count);
    }

    [Theory]
    [InlineData(1, 1, 175, 50)]
    [InlineData(2, 2, 350, 99)]
    [InlineData(4, 0.5, 700, 0)]
    [InlineData(0.25, 1.4142135, 80, 75)]
    public void Manner_IsMappedToTheProgramsParameters(double rate, double pitch, int words, int number)
        => Assert.Equal((words, number), EspeakEngine.ParametersOf(new SpeechManner(rate, pitch)));

    private static SpeechEngines Engines()
        => new([new ListedEngine("espeak-ng", EspeakVoiceList.Read(Printed, "espeak-ng", 22_050)), new ListedEngine("missing", [new Voice("missing:one", "missing", "One", [new VoiceLanguage("en", 0)], "one", "MIT") { Hint = "Install it." }])], NullLogger<SpeechEngines>.Instance);

    private sealed class ListedEngine(string name, IReadOnlyList<Voice> voices) : ISpeechEngine
    {
        public string Name => name;

        public ValueTask<IReadOnlyList<Voice>> ListAsync(IModelProvider models, CancellationToken cancellationToken) => new(voices);

        public ValueTask<IOpenVoice> OpenAsync(Voice voice, string? speaker, SpeechManner manner, IModelProvider models, CancellationToken cancellationToken) => throw new NotSupportedException();
    }
}
