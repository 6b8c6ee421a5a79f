using System.Text;
using EdgeHost.Capabilities.Health;
using EdgeHost.Plugins.Health.Tests.Recordings;
using EdgeHost.PluginSdk.Testing;

namespace EdgeHost.Plugins.Health.Tests.Imports;

/// <summary>WFDB records that are damaged, truncated, absurd or none: nothing of them is kept.</summary>
public class WfdbImportTests
{
    private static readonly TestRecord Record = new(seconds: 4);

    public static TheoryData<string, ErrorCode, string> Damaged { get; } = new()
    {
        { "checksum", ErrorCode.DataLoss, "checksum" },
        { "truncated", ErrorCode.DataLoss, "ends after 999 of 1000" },
        { "annotations", ErrorCode.DataLoss, "annotation file ends" },
        { "header", ErrorCode.InvalidArgument, "needs a name" },
        { "long header", ErrorCode.InvalidArgument, "1048576" },
        { "absurd length", ErrorCode.DataLoss, "ends after 1000" },
        { "two files", ErrorCode.InvalidArgument, "ZIP archive" },
        { "no lead", ErrorCode.InvalidArgument, "'wave' says" },
        { "no date", ErrorCode.InvalidArgument, "'time'" },
        { "no zone", ErrorCode.InvalidArgument, "'utc_offset_minutes'" },
        { "future", ErrorCode.InvalidArgument, "future" },
        { "past", ErrorCode.InvalidArgument, "hundred years" },
        { "no archive", ErrorCode.InvalidArgument, "no ZIP archive" },
        { "half an archive", ErrorCode.InvalidArgument, "no ZIP archive" },
        { "archive without data", ErrorCode.InvalidArgument, "no file 'r1.dat'" },
        { "two headers", ErrorCode.InvalidArgument, "2 headers" },
        { "bomb", ErrorCode.InvalidArgument, "max_import_bytes" },
        { "many files", ErrorCode.InvalidArgument, "at most 256" },
    };

    [Theory]
    [MemberData(nameof(Damaged))]
    public async Task WhatIsNoRecord_IsSaidAndNotKept(string fault, ErrorCode code, string message)
    {
        await using var host = await HealthHost.StartAsync(settings: new Dictionary<string, string> { ["health:max_import_bytes"] = "1000000" });

        var error = await Assert.ThrowsAsync<EdgeHostException>(() => ImportAsync(host, Request(fault)));

        Assert.Equal(code, error.Code);
        Assert.Contains(message, error.Message, StringComparison.Ordinal);
        Assert.Empty((await host.CallAsync<WavesRequest, WavesResponse>(HealthMethods.Waves, new WavesRequest())).Waves);
        Assert.Equal(2, (await ImportAsync(host, Record.Request())).Accepted);
    }

    [Fact]
    public async Task Signal_WhoseNameDoesNotTell_IsWhatTheAppSays()
    {
        await using var host = await HealthHost.StartAsync();
        var header = Encoding.UTF8.GetBytes("r 2 250 2\nr.dat 16 200/uV 12 0 0 0 0 channel\nr.dat 16 200/uV 12 0 0 0 0 channel\n");

        var response = await ImportAsync(host, new ImportHealthRequest { Format = ImportFormat.Wfdb, Header = header, Data = new byte[8], Time = 0, Wave = WaveKind.Ecg, Source = "holter" });

        Assert.Equal([("channel", "holter", "mV"), ("channel 2", "holter", "mV")], response.Waves.Select(static wave => (wave.Name, wave.Source, wave.Unit)));
    }

    [Fact]
    public async Task Bytes_OfAnyKind_AreKeptOrRefused()
    {
        await using var host = await HealthHost.StartAsync();
        var random = new Random(7);
        foreach (var seed in Enumerable.Range(0, 150))
        {
            var request = seed % 2 == 0
                ? new ImportHealthRequest { Format = ImportFormat.Wfdb, Header = Spoil(Record.Header(), random), Data = Spoil(Record.Data[..600], random), Time = seed }
                : new ImportHealthRequest { Format = ImportFormat.Wfdb, Data = Spoil(Record.Zip(), random), Time = seed };
            try
            {
                Assert.NotEmpty((await ImportAsync(host, request)).Waves);
            }
            catch (EdgeHostException e)
            {
                Assert.Contains(e.Code, new[] { ErrorCode.InvalidArgument, ErrorCode.DataLoss, ErrorCode.ResourceExhausted });
            }
        }
    }

    private static byte[] Spoil(byte[] bytes, Random random)
    {
        var spoilt = bytes.ToArray();
        for (var i = random.Next(4); i > 0; i--) spoilt[random.Next(spoilt.Length)] = (byte)random.Next(256);
        return random.Next(3) == 0 ? spoilt[..random.Next(spoilt.Length)] : spoilt;
    }

    private static ImportHealthRequest Request(string fault)
    {
        var header = Encoding.UTF8.GetString(Record.Header());
        ImportHealthRequest With(string? text = null, byte[]? data = null, byte[]? marks = null, long? time = 0, int? offset = null) => new()
        {
            Format = ImportFormat.Wfdb, Header = Encoding.UTF8.GetBytes(text ?? header), Data = data ?? Record.Data, Annotations = marks, Time = time, UtcOffsetMinutes = offset,
        };
        static ImportHealthRequest Archive(byte[] data) => new() { Format = ImportFormat.Wfdb, Data = data, Time = 0 };
        return fault switch
        {
            "checksum" => With(Encoding.UTF8.GetString(Record.Header(checksumError: 1))),
            "truncated" => With(data: Record.Data[..^1]),
            "annotations" => With(marks: Record.Annotations()[..^2]),
            "header" => With("r1"),
            "long header" => With(new string('#', 1_100_000)),
            "absurd length" => With(header.Replace(" 1000 ", " 9000000000000000000 ", StringComparison.Ordinal)),
            "two files" => With("r 2 250 4\na.dat 16\nb.dat 16"),
            "no lead" => With("r 1 250 4\nr.dat 16 1/mmHg 12 0 0 0 0 ABP"),
            "no date" => With("r 1 250 4\nr.dat 16 1/mV 12 0 0 0 0 II", time: null, offset: 0),
            "no zone" => With(time: null),
            "future" => With(time: 32_503_680_000_000),
            "past" => With(time: -9_000_000_000_000),
            "no archive" => Archive(Record.Data),
            "half an archive" => Archive(Record.Zip()[..1_000]),
            "archive without data" => Archive(Zipped("r1.dat.txt", Record.Data)),
            "two headers" => Archive(Record.Zip(static archive => TestRecord.Add(archive, "r2.hea", [1]))),
            "bomb" => Archive(Zipped("r1.dat", new byte[50_000_000])),
            _ => Archive(Record.Zip(static archive =>
            {
                for (var i = 0; i < 300; i++) TestRecord.Add(archive, $"{i}", [1]);
            })),
        };
    }

    private static byte[] Zipped(string name, byte[] data)
    {
        using var bytes = new MemoryStream();
        using (var archive = new System.IO.Compression.ZipArchive(bytes, System.IO.Compression.ZipArchiveMode.Create, leaveOpen: true))
        {
            TestRecord.Add(archive, "r1.hea", Record.Header());
            TestRecord.Add(archive, name, data);
        }

        return bytes.ToArray();
    }

    private static Task<ImportHealthResponse> ImportAsync(PluginTestHost host, ImportHealthRequest request) => host.CallAsync<ImportHealthRequest, ImportHealthResponse>(HealthMethods.Import, request);
}
