using EdgeHost.TestKit;
using EdgeHost.Wfdb;

namespace EdgeHost.Plugins.Health.Signals.Tests.Synthetic;

/// <summary>A record of the shared data: its first lead and its annotations.</summary>
internal sealed record SharedEcg(float[] Signal, double RateHz, IReadOnlyList<WfdbAnnotation> Annotations)
{
    public const string Folder = "testdata/health/ecg";

    public IReadOnlyList<long> Beats => [.. Annotations.Where(annotation => annotation.IsBeat).Select(annotation => annotation.Sample)];

    public static SharedEcg Read(string record)
    {
        var folder = Repository.FindShared(Folder)!;
        var header = WfdbHeader.Parse(File.ReadAllText(Path.Combine(folder, record + ".hea")));
        using var data = File.OpenRead(Path.Combine(folder, record + ".dat"));
        var reader = new WfdbSignalReader(header, header.Signals[0].FileName, data);
        var frames = new float[header.SampleCount!.Value * reader.Signals.Count];
        var count = reader.Read(frames);
        using var annotations = File.OpenRead(Path.Combine(folder, record + ".atr"));
        return new SharedEcg([.. Enumerable.Range(0, count).Select(i => frames[i * reader.Signals.Count])], header.RateHz, WfdbAnnotationReader.Read(annotations));
    }

    /// <summary>The stretches of a rhythm, by the texts of its annotations.</summary>
    public IReadOnlyList<(long Start, long End)> StretchesOf(params string[] rhythms)
    {
        var changes = Annotations.Where(annotation => annotation.Symbol == "+").ToList();
        return [.. changes.Select((change, i) => (change, end: i + 1 < changes.Count ? changes[i + 1].Sample : Signal.Length))
            .Where(x => rhythms.Contains(x.change.Text)).Select(x => (x.change.Sample, x.end))];
    }
}
