using System.IO.Compression;
using System.Text;
using EdgeHost.Capabilities.Health;
using EdgeHost.Plugins.Health.Signals.Tests.Synthetic;

namespace EdgeHost.Plugins.Health.Tests.Recordings;

/// <summary>A WFDB record made by the tests: a lead of an ECG, a pulse signal and breath, of format 16, with annotations and right checksums.</summary>
internal sealed class TestRecord
{
    public const double Rate = 250;
    private const double Gain = 1000;

    public TestRecord(double seconds = 30, int beatsPerMinute = 72)
    {
        var ecg = new SyntheticEcg { RateHz = Rate, Beats = SyntheticEcg.Regular(seconds, beatsPerMinute) };
        Ecg = ecg.Render(seconds);
        Beats = [.. ecg.Samples.Where(sample => sample < Ecg.Length)];
        Pulse = [.. Enumerable.Range(0, Ecg.Length).Select(i => (float)(Math.Sin(2 * Math.PI * 1.2 * i / Rate) + (0.35 * Math.Sin((4 * Math.PI * 1.2 * i / Rate) + 0.8))))];
        Data = Encode();
    }

    public float[] Ecg { get; }

    public float[] Pulse { get; }

    public IReadOnlyList<long> Beats { get; }

    public byte[] Data { get; }

    public string Start { get; init; } = " 8:00:00 01/03/2024";

    /// <summary>The header; the checksum of the ECG may be another.</summary>
    public byte[] Header(int checksumError = 0) => Encoding.UTF8.GetBytes(
        FormattableString.Invariant($"r1 3 {Rate} {Ecg.Length}{Start}\nr1.dat 16 {Gain}/mV 16 0 0 {(short)(Sum(Ecg) + checksumError)} 0 MLII\nr1.dat 16 {Gain}/NU 16 0 0 {Sum(Pulse)} 0 PLETH\nr1.dat 16 {Gain}/pm 16 0 0 0 0 RESP\n"));

    /// <summary>Annotations: each beat as N.</summary>
    public byte[] Annotations()
    {
        var bytes = new List<byte>();
        var last = 0L;
        foreach (var beat in Beats)
        {
            var word = (1 << 10) | (int)(beat - last);
            bytes.AddRange([(byte)word, (byte)(word >> 8)]);
            last = beat;
        }

        return [.. bytes, 0, 0];
    }

    /// <summary>The archive of the record.</summary>
    public byte[] Zip(Action<ZipArchive>? more = null)
    {
        using var bytes = new MemoryStream();
        using (var archive = new ZipArchive(bytes, ZipArchiveMode.Create, leaveOpen: true))
        {
            Add(archive, "record/r1.hea", Header());
            Add(archive, "record/r1.dat", Data);
            Add(archive, "record/r1.atr", Annotations());
            more?.Invoke(archive);
        }

        return bytes.ToArray();
    }

    public static void Add(ZipArchive archive, string name, byte[] content)
    {
        using var stream = archive.CreateEntry(name).Open();
        stream.Write(content);
    }

    public ImportHealthRequest Request() => new() { Format = ImportFormat.Wfdb, Header = Header(), Data = Data, Annotations = Annotations(), UtcOffsetMinutes = 60 };

    private static short Raw(float value) => (short)Math.Round(value * Gain);

    private static short Sum(float[] samples) => samples.Aggregate((short)0, static (sum, value) => unchecked((short)(sum + Raw(value))));

    private byte[] Encode()
    {
        var bytes = new byte[Ecg.Length * 6];
        for (var i = 0; i < Ecg.Length; i++)
        {
            BitConverter.TryWriteBytes(bytes.AsSpan(i * 6), Raw(Ecg[i]));
            BitConverter.TryWriteBytes(bytes.AsSpan((i * 6) + 2), Raw(Pulse[i]));
        }

        return bytes;
    }
}
