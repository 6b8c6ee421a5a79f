using EdgeHost.Plugins.Health.Signals.Ecg;
using EdgeHost.Plugins.Health.Signals.Quality;
using EdgeHost.Plugins.Health.Signals.Rhythm;
using EdgeHost.Plugins.Health.Signals.Tests.Synthetic;

namespace EdgeHost.Plugins.Health.Signals.Tests.Ecg;

/// <summary>Alone, because what other tests hold would be measured as well.</summary>
[Collection(nameof(MemoryTestGroup))]
public class EcgMonitorMemoryTests
{
    [Fact]
    public void Hours_TakeBoundedMemory()
    {
        var minute = new SyntheticEcg { Beats = SyntheticEcg.Regular(60, 75) }.Render(60);
        var monitor = new EcgMonitor(360, new Ignoring());
        for (var i = 0; i < 5; i++) monitor.Push(minute);
        var before = GC.GetTotalMemory(forceFullCollection: true);
        for (var i = 0; i < 120; i++) monitor.Push(minute);

        Assert.InRange(GC.GetTotalMemory(forceFullCollection: true) - before, long.MinValue, 256 * 1024);
    }

    private sealed class Ignoring : IEcgObserver
    {
        public void OnBeat(in EcgBeat beat)
        {
            // Only the memory of the analysis is looked at.
        }

        public void OnRhythm(in RhythmSegment segment)
        {
            // The same.
        }

        public void OnQuality(in QualitySegment segment)
        {
            // The same.
        }
    }
}
