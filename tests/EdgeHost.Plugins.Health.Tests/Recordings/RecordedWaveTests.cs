using System.Text;
using EdgeHost.Capabilities.Health;
using EdgeHost.Plugins.Health.Signals.Tests.Synthetic;
using EdgeHost.PluginSdk;
using EdgeHost.PluginSdk.Testing;
using EdgeHost.Serialization;
using EdgeHost.TestKit;
using Microsoft.Extensions.DependencyInjection;

namespace EdgeHost.Plugins.Health.Tests.Recordings;

/// <summary>Recorded waves: kept, listed, read, analysed, exported and erased.</summary>
public class RecordedWaveTests
{
    private static readonly long Start = new DateTimeOffset(2024, 3, 1, 8, 0, 0, TimeSpan.FromHours(1)).ToUnixTimeMilliseconds();

    [Fact]
    public async Task Record_IsKeptOnceAndListed()
    {
        await using var host = await HealthHost.StartAsync();
        var record = new TestRecord();

        var first = await ImportAsync(host, record.Request());
        var second = await ImportAsync(host, record.Request());
        var listed = await host.CallAsync<WavesRequest, WavesResponse>(HealthMethods.Waves, new WavesRequest());
        var later = await host.CallAsync<WavesRequest, WavesResponse>(HealthMethods.Waves, new WavesRequest { From = Start + 1 });

        Assert.Equal((2, 0, 1), (first.Accepted, first.Duplicates, first.Skipped));
        Assert.Equal((0, 2), (second.Accepted, second.Duplicates));
        Assert.Equal(first.Waves.Select(static wave => wave.Id), second.Waves.Select(static wave => wave.Id));
        Assert.Equal(["MLII", "PLETH"], listed.Waves.Select(static wave => wave.Name));
        Assert.Equal((WaveKind.Ecg, Start, 60, 250.0, 7500L, "mV", "r1", record.Beats.Count), Description(listed.Waves[0]));
        Assert.Equal((WaveKind.Ppg, Start, 60, 250.0, 7500L, "NU", "r1", record.Beats.Count), Description(listed.Waves[1]));
        Assert.Empty(later.Waves);
        Assert.False(listed.HasMore);
    }

    [Fact]
    public async Task Wave_IsReadAsItWas_WholeAndInParts()
    {
        await using var host = await HealthHost.StartAsync();
        var record = new TestRecord(seconds: 300);
        var wave = (await ImportAsync(host, record.Request())).Waves[0];

        var (whole, annotations) = await ReadAsync(host, new ReadWaveRequest { Wave = wave.Id });
        var (part, some) = await ReadAsync(host, new ReadWaveRequest { Wave = wave.Id, FromMs = 260_000, UntilMs = 270_000 });

        Assert.Equal(record.Ecg.Select(static value => Math.Round(value, 3)), whole.Select(static value => Math.Round(value, 3)));
        Assert.Equal(record.Beats, annotations.Select(static one => one.Sample));
        Assert.All(annotations, static one => Assert.Equal("N", one.Symbol));
        Assert.Equal(whole[65_000..67_500], part);
        Assert.Equal(record.Beats.Where(static beat => beat is >= 65_000 and < 67_500), some.Select(static one => one.Sample));
    }

    [Fact]
    public async Task Wave_IsAnalysedAgain_AsIfTheAppHadSentIt()
    {
        await using var host = await HealthHost.StartAsync();
        var record = new TestRecord(seconds: 60);
        var waves = (await ImportAsync(host, record.Request())).Waves;

        var ecg = await AnalyzeAsync(host, new AnalyzeWaveRequest { Wave = waves[0].Id });
        var later = await AnalyzeAsync(host, new AnalyzeWaveRequest { Wave = waves[0].Id, FromMs = 20_000 });
        var pulse = await AnalyzeAsync(host, new AnalyzeWaveRequest { Wave = waves[1].Id });
        var sent = await host.CallAsync<AnalyzeEcgRequest, AnalyzeEcgResponse>(HealthMethods.AnalyzeEcg, new AnalyzeEcgRequest { Signal = await SamplesAsync(host, waves[0].Id), SampleRateHz = 250 });

        Assert.Equal(sent.Beats.Select(static beat => beat.Sample), ecg.Ecg!.Beats.Select(static beat => beat.Sample));
        Assert.InRange(ecg.Ecg.HeartRateBpm!.Value, 71, 73);
        Assert.InRange(later.Ecg!.HeartRateBpm!.Value, 71, 73);
        Assert.Equal((5_000, 0), (later.FirstSample, ecg.FirstSample));
        Assert.InRange(pulse.Ppg!.HeartRateBpm!.Value, 71, 73);
        Assert.Equal((null, null), (ecg.Ppg, pulse.Ecg));
    }

    [Fact]
    public async Task Archive_IsTheSameRecord()
    {
        await using var host = await HealthHost.StartAsync();
        var record = new TestRecord();

        var zipped = await ImportAsync(host, new ImportHealthRequest { Format = ImportFormat.Wfdb, Data = record.Zip(), UtcOffsetMinutes = 60 });
        var plain = await ImportAsync(host, record.Request());

        Assert.Equal((2, 2), (zipped.Accepted, plain.Duplicates));
        Assert.Equal(record.Beats.Count, zipped.Waves[0].Annotations);
    }

    [Fact]
    public async Task Export_HasWavesWithTheirSamples_AndErasureLeavesNothing()
    {
        await using var host = await HealthHost.StartAsync();
        var record = new TestRecord();
        await ImportAsync(host, record.Request());

        var answer = await host.CallAsync(HealthMethods.Export, WireMessageSerializer.ToArray(new ExportHealthRequest { Person = "self" }));
        var pages = answer.ReadItems<HealthExportPage>();
        var erased = await host.CallAsync<EraseHealthRequest, EraseHealthResponse>(HealthMethods.Erase, new EraseHealthRequest { Person = "self" });
        var left = await host.CallAsync<WavesRequest, WavesResponse>(HealthMethods.Waves, new WavesRequest());

        Assert.Equal(2, answer.Read<ExportHealthResponse>().Waves);
        Assert.Equal(["MLII", "PLETH"], pages.SelectMany(static page => page.Waves).Select(static wave => wave.Name));
        Assert.Equal(15_000, pages.SelectMany(static page => page.WaveParts).Sum(static part => part.Signal.Samples.Length));
        Assert.Equal(2 * record.Beats.Count, pages.SelectMany(static page => page.WaveParts).Sum(static part => part.Annotations.Count));
        Assert.Equal([HealthMethods.Import, HealthMethods.Export], pages.SelectMany(static page => page.Accesses).Select(static access => access.Method));
        Assert.Equal((0, 2), (erased.Samples, erased.Waves));
        Assert.Empty(left.Waves);
    }

    [Fact]
    public async Task OneWave_IsErasedAlone()
    {
        await using var host = await HealthHost.StartAsync();
        var waves = (await ImportAsync(host, new TestRecord().Request())).Waves;

        var erased = await host.CallAsync<EraseHealthRequest, EraseHealthResponse>(HealthMethods.Erase, new EraseHealthRequest { Person = "self", Wave = waves[0].Id });
        var left = await host.CallAsync<WavesRequest, WavesResponse>(HealthMethods.Waves, new WavesRequest());
        var gone = await Assert.ThrowsAsync<EdgeHostException>(() => AnalyzeAsync(host, new AnalyzeWaveRequest { Wave = waves[0].Id }));
        var foreign = await Assert.ThrowsAsync<EdgeHostException>(() => AnalyzeAsync(host, new AnalyzeWaveRequest { Person = "other", Wave = waves[1].Id }));

        Assert.Equal((0, 1), (erased.Samples, erased.Waves));
        Assert.Equal("PLETH", Assert.Single(left.Waves).Name);
        Assert.Equal((ErrorCode.NotFound, ErrorCode.NotFound), (gone.Code, foreign.Code));
    }

    [Fact]
    public async Task Files_HaveNothingReadableOfAWave()
    {
        await using var host = await HealthHost.StartAsync();
        var record = new TestRecord();
        var wave = (await ImportAsync(host, record.Request())).Waves[0];
        var samples = await SamplesAsync(host, wave.Id);
        var run = samples[100..104].SelectMany(BitConverter.GetBytes).ToArray();

        foreach (var path in Directory.EnumerateFiles(host.Services.GetRequiredService<IPluginStorage>().DataFolder).Where(static path => !path.EndsWith(".lock", StringComparison.Ordinal)))
        {
            var bytes = await File.ReadAllBytesAsync(path);
            Assert.Equal(-1, bytes.AsSpan().IndexOf(run));
            foreach (var secret in new[] { "MLII", "PLETH" }) Assert.Equal(-1, bytes.AsSpan().IndexOf(Encoding.UTF8.GetBytes(secret)));
        }
    }

    [Fact]
    public async Task Parts_ThatAreNone_AreRefused()
    {
        await using var host = await HealthHost.StartAsync(settings: new Dictionary<string, string> { ["health:max_signal_values"] = "5000" });
        var wave = (await ImportAsync(host, new TestRecord().Request())).Waves[0];

        var beyond = await Assert.ThrowsAsync<EdgeHostException>(() => AnalyzeAsync(host, new AnalyzeWaveRequest { Wave = wave.Id, FromMs = 30_000 }));
        var backwards = await Assert.ThrowsAsync<EdgeHostException>(() => AnalyzeAsync(host, new AnalyzeWaveRequest { Wave = wave.Id, FromMs = 2_000, UntilMs = 1_000 }));
        var much = await Assert.ThrowsAsync<EdgeHostException>(() => AnalyzeAsync(host, new AnalyzeWaveRequest { Wave = wave.Id }));

        Assert.Equal((ErrorCode.InvalidArgument, ErrorCode.InvalidArgument), (beyond.Code, backwards.Code));
        Assert.Contains("health:max_signal_values", much.Message, StringComparison.Ordinal);
        Assert.NotNull((await AnalyzeAsync(host, new AnalyzeWaveRequest { Wave = wave.Id, UntilMs = 20_000 })).Ecg);
    }

    [SharedDataFact(SharedEcg.Folder)]
    public async Task SharedRecord_IsKeptAndAnalysedAsTheSignalItself()
    {
        await using var host = await HealthHost.StartAsync();
        var folder = Repository.FindShared(SharedEcg.Folder)!;
        var shared = SharedEcg.Read("100");
        var response = await ImportAsync(host, new ImportHealthRequest
        {
            Format = ImportFormat.Wfdb,
            Header = await File.ReadAllBytesAsync(Path.Combine(folder, "100.hea")),
            Data = await File.ReadAllBytesAsync(Path.Combine(folder, "100.dat")),
            Annotations = await File.ReadAllBytesAsync(Path.Combine(folder, "100.atr")),
            Time = 0,
        });

        var analysed = await AnalyzeAsync(host, new AnalyzeWaveRequest { Wave = response.Waves[0].Id, UntilMs = 300_000 });
        var sent = await host.CallAsync<AnalyzeEcgRequest, AnalyzeEcgResponse>(HealthMethods.AnalyzeEcg, new AnalyzeEcgRequest { Signal = shared.Signal[..108_000], SampleRateHz = 360 });

        Assert.Equal((2, 650_000, shared.Annotations.Count), (response.Accepted, response.Waves[0].Samples, response.Waves[0].Annotations));
        Assert.Equal(sent.Beats.Select(static beat => beat.Sample), analysed.Ecg!.Beats.Select(static beat => beat.Sample));
    }

    private static (WaveKind Kind, long Time, int? Offset, double Rate, long Samples, string Unit, string Source, int Annotations) Description(RecordedWave wave)
        => (wave.Kind, wave.Time, wave.UtcOffsetMinutes, wave.SampleRateHz, wave.Samples, wave.Unit, wave.Source, wave.Annotations);

    private static Task<ImportHealthResponse> ImportAsync(PluginTestHost host, ImportHealthRequest request) => host.CallAsync<ImportHealthRequest, ImportHealthResponse>(HealthMethods.Import, request);

    private static Task<AnalyzeWaveResponse> AnalyzeAsync(PluginTestHost host, AnalyzeWaveRequest request) => host.CallAsync<AnalyzeWaveRequest, AnalyzeWaveResponse>(HealthMethods.AnalyzeWave, request);

    private static async Task<float[]> SamplesAsync(PluginTestHost host, long wave) => (await ReadAsync(host, new ReadWaveRequest { Wave = wave })).Samples;

    private static async Task<(float[] Samples, List<WaveAnnotation> Annotations)> ReadAsync(PluginTestHost host, ReadWaveRequest request)
    {
        var answer = await host.CallAsync(HealthMethods.ReadWave, WireMessageSerializer.ToArray(request));
        var parts = answer.ReadItems<WavePart>();
        var samples = parts.SelectMany(static part => part.Signal.Samples.ToArray()).ToArray();
        Assert.Equal(answer.Read<ReadWaveResponse>().Samples, samples.Length);
        Assert.Equal(parts.Skip(1).Select(static part => part.FirstSample), parts.SkipLast(1).Select(static part => part.FirstSample + part.Signal.Samples.Length));
        return (samples, [.. parts.SelectMany(static part => part.Annotations)]);
    }
}
