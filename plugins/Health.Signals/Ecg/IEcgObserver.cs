using EdgeHost.Plugins.Health.Signals.Quality;
using EdgeHost.Plugins.Health.Signals.Rhythm;

namespace EdgeHost.Plugins.Health.Signals.Ecg;

/// <summary>Takes what an <see cref="EcgMonitor"/> finds, each kind in the order of time, on the thread that pushes. Everything is said once and never revised.</summary>
public interface IEcgObserver
{
    /// <summary>A beat; about eight beats after it happened.</summary>
    void OnBeat(in EcgBeat beat);

    /// <summary>A stretch of one rhythm that has ended.</summary>
    void OnRhythm(in RhythmSegment segment);

    /// <summary>The quality of the next five seconds.</summary>
    void OnQuality(in QualitySegment segment);
}
