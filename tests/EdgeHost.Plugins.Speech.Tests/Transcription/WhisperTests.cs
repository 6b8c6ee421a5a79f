using System.Text;
using EdgeHost.Plugins.Speech.Transcription.Recognition;
using EdgeHost.Plugins.Speech.Transcription.Tokens;
using EdgeHost.Plugins.Speech.Transcription.Whisper;
using EdgeHost.PluginSdk;
using EdgeHost.TestKit;

namespace EdgeHost.Plugins.Speech.Tests.Transcription;

public sealed class WhisperTests
{
    private const string Tokeniser = """
        {"added_tokens":[{"id":50,"content":"<|endoftext|>"},{"id":51,"content":"<|startoftranscript|>"},{"id":52,"content":"<|de|>"},{"id":53,"content":"<|transcribe|>"},{"id":54,"content":"<|notimestamps|>"}],
         "model":{"vocab":{"Ġja":10,"Ġgut":11}}}
        """;

    [Fact]
    public void SpectrumIsThatOfThePlainFormula()
    {
        var random = new Random(9);
        float[] samples = [.. TestSounds.Sine(440, 16_000, 1).Zip(TestSounds.Sine(3000, 16_000, 1, 0.1), (a, b) => a + b + (0.01f * random.NextSingle()))];
        var spectrum = new float[80 * LogMel.Frames];
        new LogMel(80).Make(samples, spectrum);

        var (expected, loudest) = (new Dictionary<(int Band, int Frame), double>(), double.MinValue);
        for (var frame = 0; frame < 102; frame++)
        {
            var power = PlainPower(samples, frame);
            for (var band = 0; band < 80; band++)
            {
                var value = Math.Log10(Math.Max(1e-10, Enumerable.Range(0, 201).Sum(bin => power[bin] * PlainFilter(band, bin))));
                expected[(band, frame)] = value;
                loudest = Math.Max(loudest, value);
            }
        }

        foreach (var ((band, frame), value) in expected)
        {
            Assert.Equal((Math.Max(value, loudest - 8) + 4) / 4, spectrum[(band * LogMel.Frames) + frame], 2e-3);
        }

        // 440 Hz lies in the bands around mel 6.6 of 45.2.
        var strongest = Enumerable.Range(0, 80).MaxBy(band => spectrum[(band * LogMel.Frames) + 50]);
        Assert.InRange(strongest, 10, 12);
    }

    [Fact]
    public async Task BeginningSaysTheLanguageAndOnlyTextIsWritten()
    {
        var decoder = new ScriptedDecoder(step => step switch { 0 => 10, 1 => 11, _ => 50 });
        using var recogniser = Open("de", 80, decoder);
        var heard = await recogniser.RecogniseAsync(new float[16_000], default);
        Assert.Equal(("ja gut", false), (heard.Text, heard.IsCut));
        Assert.Equal([51, 52, 53, 54, 10, 11], decoder.Given);
    }

    [Fact]
    public async Task ModelOfOneLanguageHasAShortBeginning()
    {
        var decoder = new ScriptedDecoder(_ => 50);
        using var recogniser = Open("en", 80, decoder);
        Assert.Equal(string.Empty, (await recogniser.RecogniseAsync(new float[100], default)).Text);
        Assert.Equal([51, 54], decoder.Given);
    }

    [Fact]
    public void OtherModelsAreRefused()
    {
        var error = Assert.Throws<EdgeHostException>(() => Open("en", 64, new ScriptedDecoder(_ => 50)));
        Assert.Equal(ErrorCode.FailedPrecondition, error.Code);
        Assert.Contains("[1, 80 or 128, 3000]", error.Message, StringComparison.Ordinal);
    }

    private static WhisperRecogniser Open(string language, int bands, ScriptedDecoder decoder)
    {
        var encoder = new ScriptedLease(
            ScriptedLease.Describe(
                "scripted-encoder",
                [new TensorDescription("input_features", ElementType.Float32, new TensorShape(-1, bands, 3000))],
                [new TensorDescription("last_hidden_state", ElementType.Float32, new TensorShape(-1, 7, 4))]),
            _ => [new SimulatedValue(ElementType.Float32, new TensorShape(1, 7, 4))]);
        return new WhisperRecogniser(new RecogniserModel("whisper", language, "encoder", "decoder"), encoder, decoder.Lease, ByteLevelVocabulary.Read(Encoding.UTF8.GetBytes(Tokeniser)));
    }

    private static double[] PlainPower(float[] samples, int frame)
    {
        var power = new double[201];
        for (var bin = 0; bin < power.Length; bin++)
        {
            var sum = System.Numerics.Complex.Zero;
            for (var i = 0; i < 400; i++)
            {
                // Mirrored at the start; silence after the end.
                var at = Math.Abs((frame * 160) + i - 200);
                var sample = at < samples.Length ? samples[at] : 0;
                sum += sample * (0.5 - (0.5 * Math.Cos(2 * Math.PI * i / 400))) * System.Numerics.Complex.FromPolarCoordinates(1, -2 * Math.PI * bin * i / 400);
            }

            power[bin] = (sum.Real * sum.Real) + (sum.Imaginary * sum.Imaginary);
        }

        return power;
    }

    private static double PlainFilter(int band, int bin)
    {
        static double Hertz(double mel) => mel < 15 ? mel / 0.015 : 1000 * Math.Pow(6.4, (mel - 15) / 27);
        var top = 15 + (27 * Math.Log(8) / Math.Log(6.4));
        var (low, middle, high) = (Hertz(top * band / 81), Hertz(top * (band + 1) / 81), Hertz(top * (band + 2) / 81));
        var hertz = bin * 40.0;
        var height = hertz <= middle ? (hertz - low) / (middle - low) : (high - hertz) / (high - middle);
        return Math.Max(0, height) * 2 / (high - low);
    }
}
