using EdgeHost.Plugins.Health.Signals.Ecg;
using EdgeHost.Plugins.Health.Signals.Quality;
using EdgeHost.Plugins.Health.Signals.Rhythm;

namespace EdgeHost.Plugins.Health.Signals.Tests.Synthetic;

internal sealed class CollectingObserver : IEcgObserver
{
    public List<EcgBeat> Beats { get; } = [];

    public List<RhythmSegment> Rhythm { get; } = [];

    public List<QualitySegment> Quality { get; } = [];

    public void OnBeat(in EcgBeat beat) => Beats.Add(beat);

    public void OnRhythm(in RhythmSegment segment) => Rhythm.Add(segment);

    public void OnQuality(in QualitySegment segment) => Quality.Add(segment);
}
