using System.IO.Compression;
using System.Text;
using EdgeHost.Capabilities.Health;
using EdgeHost.Plugins.Health.Tests.Recordings;
using EdgeHost.PluginSdk.Testing;
using EdgeHost.Serialization;

namespace EdgeHost.Plugins.Health.Tests.Imports;

/// <summary>WFDB records of several segments: kept as one wave a signal, in which gaps are missing samples.</summary>
public class WfdbSegmentTests
{
    private const string Layout = "p_layout 3 250 0\n~ 0 1000/mV 16 0 0 0 0 II\n~ 0 1000/NU 16 0 0 0 0 PLETH\n~ 0 1000/mmHg 16 0 0 0 0 ABP\n";
    private const string Master = "p/4 3 250 70007 8:00:00 01/03/2024\np_layout 0\np_1 4\n~ 70000\np_2 3\n";

    private static readonly (string Name, byte[] Content)[] Files =
    [
        ("p.hea", Bytes(Master)), ("p_layout.hea", Bytes(Layout)),
        ("p_1.hea", Bytes("p_1 1 250 4\np_1.dat 16 1000/mV 16 0 0 10 0 II\n")), ("p_1.dat", Samples(1, 2, 3, 4)),
        ("p_2.hea", Bytes("p_2 2 250 3\np_2.dat 16 1000/NU 16 0 0 12 0 PLETH\np_2.dat 16 500/mV 16 0 0 24 0 II\n")), ("p_2.dat", Samples(3, 6, 4, 8, 5, 10)),
        ("p.atr", [1, 1 << 2, 0, 0]),
    ];

    [Fact]
    public async Task Segments_BecomeOneWaveOfEachSignal()
    {
        await using var host = await HealthHost.StartAsync();

        var response = await ImportAsync(host, Files);
        var again = await ImportAsync(host, Files);

        Assert.Equal((2, 0, 1), (response.Accepted, response.Duplicates, response.Skipped));
        Assert.Equal((0, 2), (again.Accepted, again.Duplicates));
        Assert.Equal([("II", WaveKind.Ecg, 70_007L, "mV", "p", 1), ("PLETH", WaveKind.Ppg, 70_007L, "NU", "p", 1)], response.Waves.Select(static wave => (wave.Name, wave.Kind, wave.Samples, wave.Unit, wave.Source, wave.Annotations)));
        Assert.Equal([0.001f, 0.002f, 0.003f, 0.004f, .. Gap(70_000), 0.012f, 0.016f, 0.02f], await ReadAsync(host, response.Waves[0].Id));
        Assert.Equal([.. Gap(70_004), 0.003f, 0.004f, 0.005f], await ReadAsync(host, response.Waves[1].Id));
    }

    [Theory]
    [InlineData("segment", "'p_1' (p_1.hea) is missing")]
    [InlineData("data", "no file 'p_2.dat'")]
    [InlineData("length", "4 samples by its own header")]
    [InlineData("stranger", "'q.hea', which is of no segment of 'p.hea'")]
    [InlineData("two masters", "2 of them of records of several segments")]
    [InlineData("long gap", "health:max_wave_samples")]
    [InlineData("again and again", "health:max_wave_samples")]
    public async Task Segments_ThatDoNotFit_AreSaidAndNotKept(string fault, string message)
    {
        await using var host = await HealthHost.StartAsync(settings: new Dictionary<string, string> { ["health:max_wave_samples"] = "100000" });

        var error = await Assert.ThrowsAsync<EdgeHostException>(() => ImportAsync(host, Broken(fault)));

        Assert.Equal(ErrorCode.InvalidArgument, error.Code);
        Assert.Contains(message, error.Message, StringComparison.Ordinal);
        Assert.Empty((await host.CallAsync<WavesRequest, WavesResponse>(HealthMethods.Waves, new WavesRequest())).Waves);
    }

    [Fact]
    public async Task Checksum_OfALaterSegment_LeavesNothing()
    {
        await using var host = await HealthHost.StartAsync();

        var error = await Assert.ThrowsAsync<EdgeHostException>(() => ImportAsync(host, With("p_2.dat", Samples(3, 6, 4, 8, 5, 11))));

        Assert.Equal(ErrorCode.DataLoss, error.Code);
        Assert.Empty((await host.CallAsync<WavesRequest, WavesResponse>(HealthMethods.Waves, new WavesRequest())).Waves);
    }

    [Fact]
    public async Task Header_OfSeveralSegments_NeedsTheArchive()
    {
        await using var host = await HealthHost.StartAsync();
        var request = new ImportHealthRequest { Format = ImportFormat.Wfdb, Header = Bytes(Master), Data = Samples(1, 2, 3, 4), Time = 0 };

        var error = await Assert.ThrowsAsync<EdgeHostException>(() => host.CallAsync<ImportHealthRequest, ImportHealthResponse>(HealthMethods.Import, request));

        Assert.Equal(ErrorCode.InvalidArgument, error.Code);
        Assert.Contains("ZIP archive of all headers", error.Message, StringComparison.Ordinal);
    }

    private static IEnumerable<(string Name, byte[] Content)> Broken(string fault) => fault switch
    {
        "segment" => Files.Where(static file => file.Name != "p_1.hea"),
        "data" => Files.Where(static file => file.Name != "p_2.dat"),
        "length" => With("p.hea", Bytes(Master.Replace("p_1 4", "p_1 3", StringComparison.Ordinal).Replace("70007", "70006", StringComparison.Ordinal))),
        "stranger" => Files.Append(("q.hea", Bytes("q 1 250 4\nq.dat 16\n"))),
        "two masters" => Files.Append(("q.hea", Bytes("q/1 1 250 4\np_1 4\n"))),
        "long gap" => With("p.hea", Bytes(Master.Replace("70000", "900000000000", StringComparison.Ordinal).Replace("70007", "900000000007", StringComparison.Ordinal))),
        _ => With("p.hea", Bytes($"p/10000 3 250\np_layout 0\n{string.Concat(Enumerable.Repeat("p_1 4\n", 9_997))}p_2 3\n~ 70000\n")),
    };

    private static IEnumerable<(string Name, byte[] Content)> With(string name, byte[] content) => Files.Select(file => file.Name == name ? (name, content) : file);

    private static byte[] Bytes(string text) => Encoding.UTF8.GetBytes(text);

    private static byte[] Samples(params short[] samples) => [.. samples.SelectMany(BitConverter.GetBytes)];

    private static IEnumerable<float> Gap(int samples) => Enumerable.Repeat(float.NaN, samples);

    private static async Task<List<float>> ReadAsync(PluginTestHost host, long wave)
    {
        var answer = await host.CallAsync(HealthMethods.ReadWave, WireMessageSerializer.ToArray(new ReadWaveRequest { Wave = wave }));
        return [.. answer.ReadItems<WavePart>().SelectMany(static part => part.Signal.Samples.ToArray())];
    }

    private static async Task<ImportHealthResponse> ImportAsync(PluginTestHost host, IEnumerable<(string Name, byte[] Content)> files)
    {
        using var bytes = new MemoryStream();
        using (var archive = new ZipArchive(bytes, ZipArchiveMode.Create, leaveOpen: true))
        {
            foreach (var (name, content) in files) TestRecord.Add(archive, "record/" + name, content);
        }

        return await host.CallAsync<ImportHealthRequest, ImportHealthResponse>(HealthMethods.Import, new ImportHealthRequest { Format = ImportFormat.Wfdb, Data = bytes.ToArray(), UtcOffsetMinutes = 60 });
    }
}
