using EdgeHost.TestKit;

namespace EdgeHost.Wfdb.Tests;

/// <summary>Whole records of PhysioNet, with the checksums of their headers.</summary>
public class SharedRecordTests
{
    private const string Folder = "testdata/health/ecg";

    [SharedDataTheory(Folder)]
    [InlineData("100", 2273)]
    [InlineData("106", 2027)]
    [InlineData("219", 2154)]
    public void Record_IsReadAsItsTextsSay(string record, int beats)
    {
        var folder = Repository.FindShared(Folder)!;
        var header = WfdbHeader.Parse(File.ReadAllText(Path.Combine(folder, record + ".hea")));
        using var data = File.OpenRead(Path.Combine(folder, record + ".dat"));
        using var marks = File.OpenRead(Path.Combine(folder, record + ".atr"));
        var reader = new WfdbSignalReader(header, header.FileNames[0], data);
        var frames = new float[10_000];
        while (reader.Read(frames) > 0) Assert.All(frames, static sample => Assert.InRange(sample, -10, 10));
        var annotations = WfdbAnnotationReader.Read(marks).Where(static annotation => annotation.IsBeat).ToList();

        Assert.Equal(650_000, reader.Frames);
        Assert.Equal(beats, annotations.Count);
        Assert.Equal(File.ReadLines(Path.Combine(folder, record + ".beats.csv")).Skip(1), annotations.Select(static one => $"{one.Sample},{one.Symbol}"));
    }
}
