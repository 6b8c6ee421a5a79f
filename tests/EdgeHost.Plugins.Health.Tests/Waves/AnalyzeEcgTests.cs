using EdgeHost.Capabilities.Health;
using EdgeHost.Plugins.Health.Signals.Ecg;
using EdgeHost.Plugins.Health.Signals.Quality;
using EdgeHost.Plugins.Health.Signals.Rhythm;
using EdgeHost.Plugins.Health.Signals.Scoring;
using EdgeHost.Plugins.Health.Signals.Tests.Synthetic;
using EdgeHost.PluginSdk.Testing;
using EdgeHost.Serialization;
using EdgeHost.TestKit;

namespace EdgeHost.Plugins.Health.Tests.Waves;

/// <summary><c>health.analyze_ecg</c> and its stream.</summary>
public class AnalyzeEcgTests
{
    [Fact]
    public async Task RegularEcg_HasItsBeatsAndRate()
    {
        var ecg = new SyntheticEcg { Beats = SyntheticEcg.Regular(60, 72) };

        var response = await AnalyzeAsync(ecg.Render(60), ecg.RateHz);

        var score = BeatScorer.Score(ecg.Samples, [.. response.Beats.Select(static beat => beat.Sample)], ecg.RateHz);
        Assert.Equal((1.0, 1.0), (score.Sensitivity, score.PositivePredictivity));
        Assert.InRange(response.HeartRateBpm!.Value, 71, 73);
        Assert.Equal(SignalQualityLevel.Good, response.Quality.Level);
        Assert.Contains(response.Rhythm, static span => span.Label == RhythmLabel.Sinus);
        Assert.NotNull(response.Variability.RmssdMs);
        Assert.Empty(response.Findings);
    }

    [Fact]
    public async Task FlatLine_HasNoRateAndSaysSo()
    {
        var response = await AnalyzeAsync(new float[360 * 20], 360, "zh-Hans");

        Assert.Null(response.HeartRateBpm);
        Assert.Empty(response.Beats);
        Assert.Equal(SignalQualityLevel.None, response.Quality.Level);
        Assert.Contains(response.Quality.Spans, static span => span.Problems.Contains("flat_line"));
        Assert.Contains("信号", Assert.Single(response.Findings).Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task IrregularEcg_IsSuspectedAndNeverDiagnosed()
    {
        var ecg = new SyntheticEcg { Beats = SyntheticEcg.Irregular(180, 85, 3) };

        var response = await AnalyzeAsync(ecg.Render(180), ecg.RateHz);

        var finding = Assert.Single(response.Findings, static finding => finding.Rule == "rhythm.irregular");
        Assert.Equal(FindingSeverity.Warn, finding.Severity);
        Assert.Contains("doctor", finding.Advice, StringComparison.Ordinal);
        Assert.Contains("ESC 2020", finding.Guideline, StringComparison.Ordinal);
        Assert.NotEmpty(finding.Readings);
    }

    [Fact]
    public async Task Stream_GivesTheSameBeatsAsTheWhole()
    {
        var ecg = new SyntheticEcg { Beats = SyntheticEcg.WithEctopics(60, 75, 9), Noise = 0.02 };
        var signal = ecg.Render(60);
        await using var host = await HealthHost.StartAsync();
        var whole = await AnalyzeAsync(host, signal, ecg.RateHz);

        var answer = await host.CallAsync(
            HealthMethods.AnalyzeEcgStream,
            WireMessageSerializer.ToArray(new AnalyzeEcgStreamRequest { SampleRateHz = ecg.RateHz }),
            new PluginTestCall { Pushes = HealthHost.Pushes(signal.Chunk(97).Select(static piece => new SignalChunk { Signal = piece })) });

        var items = answer.ReadItems<EcgStreamItem>();
        Assert.Equal(whole.Beats.Select(static beat => (beat.Sample, beat.Kind)), items.SelectMany(static item => item.Beats).Select(static beat => (beat.Sample, beat.Kind)));
        Assert.Equal(whole.Rhythm.Select(static span => span.Label), items.SelectMany(static item => item.Rhythm).Select(static span => span.Label));
        Assert.Equal((signal.Length, whole.Beats.Count), (answer.Read<AnalyzeSignalStreamResponse>().Samples, (int)answer.Read<AnalyzeSignalStreamResponse>().Beats));
        Assert.Contains(items, static item => item.HeartRateBpm is >= 70 and <= 80);
    }

    [SharedDataFact(SharedEcg.Folder)]
    public async Task SharedRecord_ThroughTheHandler_HasItsBeats()
    {
        var record = SharedEcg.Read("100");

        var response = await AnalyzeAsync(record.Signal, record.RateHz);

        var score = BeatScorer.Score(record.Beats, [.. response.Beats.Select(static beat => beat.Sample)], record.RateHz);
        Assert.InRange(score.Sensitivity, 0.999, 1);
        Assert.InRange(score.PositivePredictivity, 0.999, 1);
    }

    [Fact]
    public async Task Leads_AreAnalysedAsOne()
    {
        var ecg = new SyntheticEcg { Beats = SyntheticEcg.Regular(60, 72) };
        var first = ecg.Render(60);
        var off = new float[first.Length];
        Array.Fill(off, float.NaN);
        await using var host = await HealthHost.StartAsync();

        var response = await AnalyzeAsync(host, [.. off.Zip(first).SelectMany(static pair => new[] { pair.First, pair.Second })], ecg.RateHz, leads: 2);

        var score = BeatScorer.Score(ecg.Samples, [.. response.Beats.Select(static beat => beat.Sample)], ecg.RateHz);
        Assert.Equal((1.0, 1.0), (score.Sensitivity, score.PositivePredictivity));
        Assert.InRange(response.HeartRateBpm!.Value, 71, 73);
        Assert.Equal(SignalQualityLevel.Good, response.Quality.Level);
        Assert.Equal([(SignalQualityLevel.None, 0), (SignalQualityLevel.Good, 1)], response.Leads.Select(static lead => (lead.Level, lead.UsableShare)));
    }

    [Theory]
    [InlineData(7, 2, "7 values, which are no whole instants of 2 leads")]
    [InlineData(10, 0, "leads")]
    [InlineData(13, 13, "leads")]
    public async Task Leads_ThatAreNotEquallyLong_AreAnInvalidArgument(int values, int leads, string expected)
    {
        await using var host = await HealthHost.StartAsync();
        var error = await Assert.ThrowsAsync<EdgeHostException>(() => AnalyzeAsync(host, new float[values], 360, leads: leads));

        Assert.Equal(ErrorCode.InvalidArgument, error.Code);
        Assert.Contains(expected, error.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(0, 360, "no sample")]
    [InlineData(2_600_001, 360, "health.analyze_ecg_stream")]
    [InlineData(10, 50, "sample_rate_hz")]
    public async Task WrongSignal_IsAnInvalidArgument(int samples, double rate, string expected)
    {
        var error = await Assert.ThrowsAsync<EdgeHostException>(() => AnalyzeAsync(new float[samples], rate));

        Assert.Equal(ErrorCode.InvalidArgument, error.Code);
        Assert.Contains(expected, error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Language_ThatIsNotThere_IsSaid()
    {
        var error = await Assert.ThrowsAsync<EdgeHostException>(() => AnalyzeAsync(new float[100], 360, "tlh"));

        Assert.Contains("en or zh", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Signal_TravelsAsArrayOrBytes()
    {
        var array = WireJson.ToMessagePack(System.Text.Encoding.UTF8.GetBytes("""{"signal":[1,null,-0.5],"sample_rate_hz":250}"""));

        var fromArray = Read<AnalyzeEcgRequest>(array).Signal.Samples.ToArray();
        var fromBytes = Read<AnalyzeEcgRequest>(WireMessageSerializer.ToArray(new AnalyzeEcgRequest { Signal = new[] { 1, float.NaN, -0.5f }, SampleRateHz = 250 })).Signal.Samples.ToArray();

        Assert.Equal([1, float.NaN, -0.5f], fromArray);
        Assert.Equal(fromArray, fromBytes);
    }

    [Fact]
    public void Enumerations_OfTheLibraryAndTheMessages_AreTheSame()
    {
        Assert.Equal(Enum.GetNames<BeatKind>(), Enum.GetNames<HeartBeatKind>());
        Assert.Equal(Enum.GetNames<RhythmKind>(), Enum.GetNames<RhythmLabel>());
        Assert.Equal(Enum.GetNames<SignalQuality>(), Enum.GetNames<SignalQualityLevel>());
    }

    private static T Read<T>(byte[] body)
        where T : IWireMessage<T>
    {
        var reader = new WireReader(body);
        return T.Read(ref reader);
    }

    private static async Task<AnalyzeEcgResponse> AnalyzeAsync(float[] signal, double rate, string? language = null)
    {
        await using var host = await HealthHost.StartAsync();
        return await AnalyzeAsync(host, signal, rate, language);
    }

    private static Task<AnalyzeEcgResponse> AnalyzeAsync(PluginTestHost host, float[] signal, double rate, string? language = null, int leads = 1)
        => host.CallAsync<AnalyzeEcgRequest, AnalyzeEcgResponse>(HealthMethods.AnalyzeEcg, new AnalyzeEcgRequest { Signal = signal, SampleRateHz = rate, Language = language, Leads = leads });
}
